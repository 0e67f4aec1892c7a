package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.comm.Ranks;
import dev.vertxmpi.runtime.comm.Waiting;
import dev.vertxmpi.runtime.names.NameScopes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many clients come at once, again and again. */
class RushTest {

  private static final int CLIENTS = 16;
  private static final int ROUNDS = 200;
  private static final MpiOptions TCP = new MpiOptions().setLinks(List.of("tcp")).setNameServers(List.of());

  private final Vertx vertx = Vertx.vertx();
  private final List<Mpi> clients = new ArrayList<>();
  private Ranks server;
  private Ports ports;
  private Port port;

  @BeforeEach
  void open() {
    server = new Ranks(1, "tcp");
    ports = new Ports(server.rank(0), new NameScopes(server.vertx(), "server", List.of()));
    port = await(ports.openPort(new PortOptions()));
    IntStream.range(0, CLIENTS).forEach(i -> clients.add(await(Mpi.init(vertx, TCP))));
  }

  @AfterEach
  void close() {
    await(ports.close());
    server.close();
    await(vertx.close());
  }

  private List<Future<Intercommunicator>> connectAll() {
    return clients.stream().map(client -> client.self().connect(port)).toList();
  }

  private List<Future<Intercommunicator>> acceptAll() {
    return IntStream.range(0, CLIENTS).mapToObj(i -> server.on(0, world -> world.accept(port))).toList();
  }

  private static List<ProcessId> served(List<Future<Intercommunicator>> accepts) {
    return Waiting.all(accepts).stream().map(end -> end.remoteGroup().get(0)).toList();
  }

  private static void disconnect(List<Future<Intercommunicator>> accepts, List<Future<Intercommunicator>> connects) {
    List<Future<Void>> ends = new ArrayList<>();
    Waiting.all(accepts).forEach(end -> ends.add(end.disconnect()));
    Waiting.all(connects).forEach(end -> ends.add(end.disconnect()));
    Waiting.all(ends);
  }

  @Test
  void shouldServeAllWhoWaitInTheOrderInWhichTheyCame() {
    for (int round = 0; round < ROUNDS; round++) {
      List<Future<Intercommunicator>> connects = connectAll();
      await().pollInterval(Duration.ofMillis(1))
          .until(() -> TestJob.clients(server.rank(0), port).size() == CLIENTS);
      List<ProcessId> came = TestJob.clients(server.rank(0), port);
      List<Future<Intercommunicator>> accepts = acceptAll();
      assertEquals(came, served(accepts));
      disconnect(accepts, connects);
    }
  }

  @Test
  void shouldServeEachOnceWhoComesWhileAcceptsWait() {
    for (int round = 0; round < ROUNDS; round++) {
      List<Future<Intercommunicator>> accepts = acceptAll();
      List<Future<Intercommunicator>> connects = connectAll();
      assertEquals(CLIENTS, new HashSet<>(served(accepts)).size());
      disconnect(accepts, connects);
    }
  }
}
