package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.comm.Ranks;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All that can be wrong with a port, from outside: every rank of the client hears of it at once or at its timeout, and
 * the accepts of others on this and another port never notice.
 */
class PortFailuresIT {

  /** Longer than any test waits: what settles has not waited for it. */
  private static final ConnectOptions PATIENT = new ConnectOptions().setTimeout(Duration.ofMinutes(10));
  private static final ConnectOptions HASTY = new ConnectOptions().setTimeout(Duration.ofMillis(400));

  @TempDir
  private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private Ranks clients;
  private Mpi server;
  private Port port;
  private final List<Future<Intercommunicator>> accepts = new ArrayList<>();
  /** Checks that the accepts of others still wait, and that they are served. */
  private Runnable untouched;

  @BeforeEach
  void open() {
    clients = new Ranks(2, "tcp");
    server = await(Mpi.init(vertx, PortProgram.options("127.0.0.1")));
    port = await(server.openPort(new PortOptions()));
    Port other = await(server.openPort(new PortOptions().setIpAddress("127.0.0.1")));
    accepts.add(server.self().accept(port));
    accepts.add(server.self().accept(other));
    untouched = () -> {
      serve(accepts.get(0), port);
      serve(accepts.get(1), other);
    };
  }

  private void serve(Future<Intercommunicator> accept, Port at) {
    assertFalse(accept.isComplete(), "somebody has used up an accept");
    List<Future<Intercommunicator>> connects = connect(at, PATIENT);
    List<Future<Void>> ends = new ArrayList<>();
    ends.add(await(accept).disconnect());
    connects.forEach(there -> ends.add(await(there).disconnect()));
    ends.forEach(end -> await(end));
  }

  @AfterEach
  void close() {
    clients.close();
    await(vertx.close());
  }

  /** Others in this JVM count threads: the loops of a closed Vert.x end a moment later. */
  @AfterAll
  static void awaitQuiet() {
    await().until(() -> Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().startsWith("vert.x-eventloop")));
  }

  private List<Future<Intercommunicator>> connect(Port to, ConnectOptions options) {
    return clients.start(world -> world.connect(world.rank() == 1 ? to : null, options, Root.rank(1)));
  }

  /** Every rank of the client gets this; returns what the root heard. */
  private MpiException refused(List<Future<Intercommunicator>> connects) {
    List<MpiException> failures = connects.stream().map(connect -> failure(ErrorClass.PORT, connect)).toList();
    assertEquals(failures.getLast().reason(), failures.getFirst().reason());
    return failures.getLast();
  }

  private static void says(String part, MpiException failure) {
    assertTrue(failure.reason().contains(part), failure::getMessage);
  }

  @Test
  void shouldRefuseAtOnceAtAClosedPort() {
    Port closed = await(server.openPort(new PortOptions()));
    await(server.closePort(closed));
    says("closed", refused(connect(closed, PATIENT)));
    untouched.run();
  }

  @Test
  void shouldGiveUpAtItsTimeoutWhereNobodyAccepts() {
    Port unserved = await(server.openPort(new PortOptions()));
    says("was not accepted within 400 ms", refused(connect(unserved, HASTY)));
    untouched.run();
    Future<Intercommunicator> late = server.self().accept(unserved);
    serve(late, unserved);
  }

  @Test
  void shouldHearAtOnceThatTheProcessWasKilled() throws IOException, InterruptedException {
    try (PortProcess process = PortProcess.start(List.of(), "hold", "127.0.0.1", 1, folder.resolve("port"))) {
      Port dead = process.port();
      process.kill();
      says("cannot be reached", refused(connect(dead, PATIENT)));
      refused(connect(dead, PATIENT));
    }
    untouched.run();
  }

  @Test
  void shouldHearAtOnceThatTheProcessIsKilledWhileTheConnectWaits() throws IOException, InterruptedException {
    try (PortProcess process = PortProcess.start(List.of(), "hold", "127.0.0.1", 1, folder.resolve("port"))) {
      Port doomed = process.port();
      refused(connect(doomed, HASTY));
      List<Future<Intercommunicator>> connects = connect(doomed, PATIENT);
      process.kill();
      refused(connects);
    }
    untouched.run();
  }

  @Test
  void shouldGiveUpAtItsTimeoutWhereTheProcessIsStopped() throws IOException, InterruptedException {
    try (PortProcess process = PortProcess.start(List.of(), "hold", "127.0.0.1", 1, folder.resolve("port"))) {
      Port stopped = process.port();
      process.signal("STOP");
      refused(connect(stopped, HASTY));
      process.signal("CONT");
      refused(connect(stopped, HASTY));
    }
    untouched.run();
  }

  @Test
  void shouldRefuseAWrongSecret() {
    Port wrong = new Port(port.id(), port.owner(), port.address(), new byte[Port.KEY_LENGTH]);
    says("secret", refused(connect(wrong, PATIENT)));
    untouched.run();
    says("secret", refused(connect(wrong, PATIENT)));
  }

  @Test
  void shouldRefuseAPortThatNeverWas() {
    refused(connect(new Port(UUID.randomUUID(), port.owner(), port.address(), port.key()), PATIENT));
    Port elsewhere = new Port(port.id(), new ProcessId(UUID.randomUUID(), 0, 0), port.address(), port.key());
    refused(connect(elsewhere, PATIENT));
    untouched.run();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mpi1", "mpi1;", "hello", "mpi1;id=x;sum=00000000", "127.0.0.1:4711", "\u0000\u0000"})
  void shouldRefuseATextThatIsNoPort(String text) {
    assertEquals(ErrorClass.PORT, assertThrows(MpiException.class, () -> Port.parse(text)).errorClass());
    untouched.run();
  }

  @Test
  void shouldRefuseAPortOfAnotherVersion() {
    MpiException refused = assertThrows(MpiException.class, () -> Port.parse(port.name().replace("mpi1;", "mpi2;")));
    assertEquals(ErrorClass.PORT, refused.errorClass());
    says("of another version", refused);
  }

  /** What may listen where a port was. */
  private enum Listener { CLOSES, OTHER_VERSION, GARBAGE, SILENT }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseWhateverElseListensThere(Listener listener) throws IOException {
    refused(connect(nowhere(), PATIENT));
    List<String> before = held();
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(socket, listener));
      Port impostor = new Port(UUID.randomUUID(), new ProcessId(UUID.randomUUID(), 0, 0),
          new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:" + socket.getLocalPort())),
          new byte[Port.KEY_LENGTH]);
      MpiException refused = refused(connect(impostor, listener == Listener.SILENT ? HASTY : PATIENT));
      says(listener == Listener.OTHER_VERSION ? "version 2" : "", refused);
      await().untilAsserted(() -> assertEquals(before, held()));
    }
    untouched.run();
  }

  private static void answer(ServerSocket socket, Listener listener) {
    List<Socket> open = new ArrayList<>();
    try {
      while (true) {
        Socket caller = socket.accept();
        open.add(caller);
        switch (listener) {
          case CLOSES -> caller.close();
          case OTHER_VERSION -> Thread.ofVirtual().start(() -> echo(caller));
          case GARBAGE -> caller.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
          case SILENT -> { }
        }
      }
    } catch (IOException e) {
      open.forEach(PortFailuresIT::close);
    }
  }

  /** Introduces itself with the hello of the caller, as a server of the next version. */
  private static void echo(Socket caller) {
    byte[] bytes = new byte[4096];
    try {
      int length = caller.getInputStream().read(bytes);
      int magic = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("VMPI");
      bytes[magic + 4]++;
      bytes[magic + 5] = 2;
      caller.getOutputStream().write(bytes, 0, length);
    } catch (IOException e) {
      close(caller);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldBearGarbageAtThePort() throws IOException {
    String[] at = port.address().endpoints().get("tcp").split(":");
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      try (Socket socket = new Socket(at[0], Integer.parseInt(at[1]))) {
        byte[] bytes = new byte[1 + random.nextInt(5000)];
        random.nextBytes(bytes);
        socket.getOutputStream().write(bytes);
      } catch (IOException closedByTheServer) {
        assertTrue(closedByTheServer.getMessage() != null);
      }
    }
    untouched.run();
  }

  @Test
  void shouldForgetPortsThatWereNone() {
    refused(connect(nowhere(), PATIENT));
    List<String> before = held();
    for (int i = 0; i < 50; i++) {
      refused(connect(nowhere(), PATIENT));
    }
    await().untilAsserted(() -> assertEquals(before, held()));
    untouched.run();
  }

  private static Port nowhere() {
    return new Port(UUID.randomUUID(), new ProcessId(UUID.randomUUID(), 0, 0),
        new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1")), new byte[Port.KEY_LENGTH]);
  }

  private List<String> held() {
    return List.of(clients.rank(0).node().toString(), clients.rank(1).node().toString());
  }
}
