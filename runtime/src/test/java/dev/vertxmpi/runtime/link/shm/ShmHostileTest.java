package dev.vertxmpi.runtime.link.shm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.runtime.link.FrameParser;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.link.LinkEnd;
import dev.vertxmpi.runtime.vertx.Chunk;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that do not keep to the rules. */
class ShmHostileTest {

  private final Vertx vertx = Vertx.vertx();
  private final LinkEnd a = new LinkEnd(vertx, new ShmLinkProvider(), Duration.ofSeconds(5));
  private final LinkEnd b = new LinkEnd(vertx, new ShmLinkProvider(), Duration.ofSeconds(5));
  private final Path home = Path.of(b.endpoint.endpoint());

  @AfterEach
  void close() {
    Future.join(a.endpoint.close(), b.endpoint.close()).eventually(vertx::close).await();
    assertFalse(Files.exists(home));
  }

  /** A socket straight to an end, with the good manners that a test needs. */
  private final class Stranger {
    /** A client that is no longer referenced loses its sockets. */
    private final NetClient client = vertx.createNetClient();
    private final NetSocket socket;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();

    Stranger() {
      socket = client.connect(SocketAddress.domainSocketAddress(home.resolve(ShmPlace.CONTROL).toString())).await();
      socket.closeHandler(end -> closed.set(true));
      FrameParser parser = new FrameParser(heard::add, frame -> { });
      socket.handler(bytes -> parser.handle(Chunk.of(bytes.getBytes())));
    }

    byte[] hear() throws InterruptedException {
      byte[] message = heard.poll(10, TimeUnit.SECONDS);
      assertTrue(message != null, "nothing came");
      return message;
    }

    ControlMessage hear(byte type) throws InterruptedException {
      ControlMessage message = ControlMessage.decode(hear());
      while (message.type() != type) {
        message = ControlMessage.decode(hear());
      }
      return message;
    }

    /** Has the key, and says so. */
    ControlMessage authenticate() throws InterruptedException {
      Handshake handshake = Handshake.client(a, a.address, b.address);
      ControlMessage.handshake(socket, handshake.hello());
      ControlMessage.handshake(socket, handshake.receive(hear()).orElseThrow());
      handshake.receive(hear());
      return hear(ControlMessage.RING);
    }

    /** Maps the ring as a good peer does. */
    RingFile map() throws InterruptedException, IOException {
      RingFile ring = RingFile.open(home.resolve(authenticate().text()));
      byte[] nonce = ring.writeNonce(RingDescriptor.PRODUCER_NONCE);
      ControlMessage.send(socket, ControlMessage.ECHO, ring.readNonce(RingDescriptor.CONSUMER_NONCE));
      assertArrayEquals(nonce, hear(ControlMessage.READY).body());
      return ring;
    }
  }

  private List<String> ringFiles() {
    return List.of(home.toFile().list((directory, name) -> name.startsWith("ring")));
  }

  @Test
  void shouldCloseOnNonsense() {
    Stranger stranger = new Stranger();
    stranger.socket.write(Buffer.buffer("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    await().untilTrue(stranger.closed);
    assertTrue(b.closed.isEmpty() && ringFiles().isEmpty());
  }

  @Test
  void shouldRefuseWhoDoesNotMapTheSameMemory() throws InterruptedException {
    Stranger stranger = new Stranger();
    stranger.authenticate();
    ControlMessage.send(stranger.socket, ControlMessage.ECHO, new byte[RingDescriptor.NONCE_LENGTH]);
    await().untilTrue(stranger.closed);
    await().until(() -> ringFiles().isEmpty());
    assertTrue(b.closed.isEmpty());
  }

  @Test
  void shouldRefuseMessagesOutOfPlace() throws InterruptedException {
    for (byte type = 0; type < 16; type++) {
      if (type != ControlMessage.WAKE && type != ControlMessage.ECHO) {
        Stranger stranger = new Stranger();
        stranger.authenticate();
        ControlMessage.send(stranger.socket, type);
        await().untilTrue(stranger.closed);
      }
    }
  }

  @Test
  void shouldLeaveNoFileOfARingThatIsThere() throws InterruptedException, IOException {
    Stranger stranger = new Stranger();
    stranger.map().close();
    assertEquals(List.of(), ringFiles());
    stranger.socket.close().await();
    await().until(() -> !b.closed.isEmpty());
    assertEquals("the process at the other end is gone", b.closed.getFirst().cause().getMessage());
  }

  @Test
  void shouldEndTheLinkAtNonsenseInTheRing() throws InterruptedException, IOException {
    Stranger stranger = new Stranger();
    try (RingFile ring = stranger.map()) {
      ring.segment().set(ValueLayout.JAVA_LONG, RingDescriptor.RECORDS, Envelope.VERSION | 1L << 60);
      ControlMessage.send(stranger.socket, ControlMessage.WAKE);
      await().untilTrue(stranger.closed);
      await().until(() -> !b.closed.isEmpty());
      assertTrue(b.closed.getFirst().cause().getMessage().startsWith("payload of"), b.closed.toString());
    }
  }

  @Test
  void shouldReachOnlyPlacesOfItsOwnSort() {
    String own = a.endpoint.endpoint();
    assertTrue(a.endpoint.reaches(b.address));
    for (String text : List.of("", "none", own + "/", own + "/..", own.replace("vertx-mpi-", "vertx-mpi-x"),
        "/tmp" + own, own.replaceFirst("[0-9a-f]{4}$", "zzzz"), own.replaceFirst("[0-9a-f]{4}$", "../x"))) {
      assertFalse(a.endpoint.reaches(at(text)), text);
      assertTrue(a.endpoint.connect(a.address, at(text)).transform(outcome -> Future.succeededFuture(outcome.failed()))
          .await());
    }
    ShmPlace place = new ShmPlace(home);
    for (String name : List.of("../ring", "control", "lock", "ring-1/..", "", "ring-\0", "/etc/passwd")) {
      assertThrows(IllegalArgumentException.class, () -> place.file(name));
    }
    for (String name : List.of("../x/1", "1-abcd", "1-abcd/../2", "1-abcd/x", "", "1-abcd/1/")) {
      assertThrows(IllegalArgumentException.class, () -> place.region(name));
    }
  }

  private static NodeAddress at(String text) {
    return new NodeAddress(NodeId.random(), Map.of(ShmPlace.LINK, text));
  }

  @Test
  void shouldRefuseADirectoryThatOthersMayWrite() throws IOException {
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
    Future<?> connected = a.connect(b);
    await().until(connected::isComplete);
    assertTrue(connected.cause().getMessage().contains("does not belong to this user alone"),
        connected.cause().toString());
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    assertEquals("shm", a.connect(b).await().name());
  }
}
