package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.runtime.comm.Ranks;
import dev.vertxmpi.runtime.comm.Waiting;
import dev.vertxmpi.runtime.names.NameScopes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What three servers and two clients do together that knew nothing of each other but a line of text. */
class ConnectedGroupsTest {

  private Ranks servers;
  private Ranks clients;
  private Ports ports;

  @BeforeEach
  void open() {
    servers = new Ranks(3, "tcp");
    clients = new Ranks(2, "tcp");
    ports = new Ports(servers.rank(0), new NameScopes(servers.vertx(), "servers", List.of()));
  }

  @AfterEach
  void close() {
    await(ports.close());
    servers.close();
    if (clients != null) {
      clients.close();
    }
  }

  private Port openPort() {
    return Port.parse(await(ports.openPort(new PortOptions())).name());
  }

  /** The two sides of a connection: one end at each rank. */
  private record Connection(List<Intercommunicator> server, List<Intercommunicator> client) {

    <T> List<T> run(Function<Intercommunicator, Future<T>> atServer, Function<Intercommunicator, Future<T>> atClient) {
      List<Future<T>> all = new ArrayList<>();
      server.forEach(end -> all.add(atServer.apply(end)));
      client.forEach(end -> all.add(atClient.apply(end)));
      return Waiting.all(all);
    }

    <T> List<T> run(Function<Intercommunicator, Future<T>> everywhere) {
      return run(everywhere, everywhere);
    }
  }

  private Connection connect(Port port) {
    List<Future<Intercommunicator>> accepts = servers.start(world -> world.accept(port));
    List<Future<Intercommunicator>> connects = clients.start(world ->
        world.connect(world.rank() == 1 ? port : null, new ConnectOptions(), Root.rank(1)));
    return new Connection(Waiting.all(accepts), Waiting.all(connects));
  }

  @Test
  void shouldExchangeMessagesAndCollectives() {
    Connection connection = connect(openPort());
    assertEquals(List.of(2, 2, 2, 3, 3), connection.run(end -> Future.succeededFuture(end.remoteSize())));
    // Every rank sends to every rank of the other side.
    connection.run(end -> Future.join(IntStream.range(0, end.remoteSize()).mapToObj(to ->
        end.send(end.rank() * 10 + to, to, 7)).toList()).compose(sent ->
        Future.join(IntStream.range(0, end.remoteSize()).mapToObj(from ->
            end.recv(Integer.class, from, 7).map(got -> {
              assertEquals(from * 10 + end.rank(), got.body());
              return got;
            })).toList())).mapEmpty());
    assertEquals(List.of("hello", "hello"), connection.run(
        end -> end.bcast(String.class, end.rank() == 1 ? "hello" : null, end.rank() == 1 ? Root.self() : Root.none()),
        end -> end.bcast(String.class, null, Root.rank(1))).subList(3, 5));
    List<Long> sums = connection.run(end -> end.allreduce(end.rank() + 1L, Op.SUM));
    assertEquals(List.of(3L, 3L, 3L, 6L, 6L), sums);
    connection.run(end -> end.barrier().map(0));
    connection.run(Intercommunicator::disconnect);
  }

  @Test
  void shouldBeIndependentAfterDisconnectAndConnectAgain() {
    String nothing = servers.rank(1).node().toString();
    Port port = openPort();
    Connection first = connect(port);
    String connected = servers.rank(1).node().toString();
    first.run(Intercommunicator::disconnect);
    assertEquals(keys(nothing), keys(servers.rank(1).node().toString()));
    Connection second = connect(port);
    assertEquals(keys(connected), keys(servers.rank(1).node().toString()));
    assertEquals(List.of(2, 2, 2, 1, 1), second.run(end -> end.allreduce(end.rank(), Op.MAX)).stream()
        .map(max -> max == 1 ? 2 : 1).toList());
    second.run(Intercommunicator::disconnect);
  }

  private static String keys(String node) {
    return node.replaceAll(".*keys", "keys");
  }

  @Test
  void shouldConnectManyTimesAndLeaveNothing() {
    Port port = openPort();
    connect(port).run(Intercommunicator::disconnect);
    List<String> before = held();
    for (int i = 0; i < 200; i++) {
      connect(port).run(Intercommunicator::disconnect);
    }
    Awaitility.await().untilAsserted(() -> assertEquals(before, held()));
  }

  private List<String> held() {
    List<String> held = new ArrayList<>();
    IntStream.range(0, 3).forEach(rank -> held.add(servers.rank(rank).node().toString()));
    IntStream.range(0, 2).forEach(rank -> held.add(clients.rank(rank).node().toString()));
    return held;
  }

  @Test
  void shouldConnectWhileTheWorldGoesOn() {
    Port port = openPort();
    List<Future<Intercommunicator>> accepts = servers.start(world -> world.accept(port));
    for (int i = 0; i < 10; i++) {
      assertEquals(List.of(3L, 3L, 3L), servers.run(world -> world.allreduce((long) world.rank(), Op.SUM)));
    }
    List<Future<Intercommunicator>> connects = clients.start(world -> world.connect(port));
    Waiting.all(accepts);
    Waiting.all(connects);
  }

  @Test
  void shouldSeeThatSomeAcceptedWhereOthersMetABarrier() {
    Port port = openPort();
    List<Future<Object>> calls = servers.start(world ->
        world.rank() == 0 ? world.accept(port).map(end -> end) : world.barrier().map(end -> end));
    calls.forEach(call -> failure(ErrorClass.COLLECTIVE_MISMATCH, call));
  }

  @Test
  void shouldTellTheOtherSideOfADeath() {
    Connection connection = connect(openPort());
    List<Future<?>> waiting = new ArrayList<>();
    for (Intercommunicator end : connection.server()) {
      waiting.add(end.recv(Integer.class, 0, 0));
      waiting.add(end.recv(Integer.class, 1, 0));
    }
    await(clients.vertx().close());
    clients = null;
    waiting.forEach(call -> failure(ErrorClass.PROC_FAILED, call));
  }

  @Test
  void shouldTellTheOtherSideOfAGoodbye() {
    Connection connection = connect(openPort());
    List<Future<?>> waiting = new ArrayList<>();
    connection.server().subList(0, 2).forEach(end -> waiting.add(end.recv(Integer.class, 1, 0)));
    waiting.add(connection.client().getFirst().recv(Integer.class, 2, 0));
    await(clients.rank(1).node().leave(clients.rank(1).id()));
    await(servers.rank(2).node().leave(servers.rank(2).id()));
    waiting.forEach(call -> failure(ErrorClass.PROC_FAILED, call));
  }

  @Test
  void shouldTimeOutWithEveryRankOfTheClient() {
    Port port = openPort();
    ConnectOptions hasty = new ConnectOptions().setTimeout(Duration.ofMillis(200));
    clients.start(world -> world.connect(port, hasty, Root.rank(0)))
        .forEach(call -> failure(ErrorClass.PORT, call));
    List<Future<Intercommunicator>> accepts = servers.start(world -> world.accept(port));
    Waiting.all(clients.start((Intracommunicator world) -> world.connect(port)));
    Waiting.all(accepts);
  }
}
