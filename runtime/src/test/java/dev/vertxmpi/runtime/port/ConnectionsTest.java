package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.port.TestJob.fails;
import static dev.vertxmpi.runtime.port.TestJob.get;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.runtime.node.Departure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accept and connect between jobs that share nothing but sockets and a port name. */
class ConnectionsTest {

  private static final MpiOptions TCP = new MpiOptions().setLinks(List.of("tcp"));

  private final Vertx serverVertx = Vertx.vertx();
  private final Vertx clientVertx = Vertx.vertx();
  private final List<TestJob> jobs = new ArrayList<>();

  @AfterEach
  void close() {
    jobs.forEach(TestJob::close);
    get(serverVertx.close());
    get(clientVertx.close());
  }

  private TestJob server(int size) {
    return job(serverVertx, size, false);
  }

  private TestJob client(int size) {
    return job(clientVertx, size, false);
  }

  private TestJob job(Vertx vertx, int size, boolean oneNode) {
    TestJob job = new TestJob(vertx, size, oneNode, TCP);
    jobs.add(job);
    return job;
  }

  private static Port open(TestJob job) {
    Port port = get(job.ports.getFirst().openPort(new PortOptions()));
    return Port.parse(port.name());
  }

  private static void joined(List<Future<Intercommunicator>> servers, List<Future<Intercommunicator>> clients) {
    for (Future<Intercommunicator> server : servers) {
      assertEquals(clients.size(), get(server).remoteGroup().size());
    }
    for (Future<Intercommunicator> client : clients) {
      assertEquals(servers.size(), get(client).remoteGroup().size());
      assertEquals(get(servers.getFirst()).toString().replace("true", "false"), get(client).toString());
    }
  }

  @Test
  void shouldJoinTwoJobsByAPortNameAlone() {
    TestJob server = server(3);
    TestJob client = client(2);
    Port port = open(server);
    joined(server.accept(port), client.connect(port));
  }

  @Test
  void shouldLetTheConnectComeFirst() {
    TestJob server = server(1);
    TestJob client = client(2);
    Port port = open(server);
    List<Future<Intercommunicator>> clients = client.connect(port);
    joined(server.accept(port), clients);
  }

  @Test
  void shouldConnectAProcessWithItself() {
    TestJob job = server(1);
    Port port = open(job);
    List<Future<Intercommunicator>> clients = job.connect(port);
    joined(job.accept(port), clients);
  }

  @Test
  void shouldConnectRanksOfOneJob() {
    TestJob job = job(serverVertx, 4, true);
    Port port = open(job);
    assertEquals(4, jobsOfOne(job, port));
  }

  /** Each rank of a job connects to the port by itself, as SELF would; the job accepts as often. */
  private static int jobsOfOne(TestJob job, Port port) {
    List<Future<Intercommunicator>> accepted = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      accepted.addAll(job.accept(port));
    }
    List<TestJob> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(new TestJob(job.vertx(), 1, true, TCP));
    }
    List<Future<Intercommunicator>> connected = clients.stream().flatMap(c -> c.connect(port).stream()).toList();
    connected.forEach(TestJob::get);
    accepted.forEach(TestJob::get);
    clients.forEach(TestJob::close);
    return connected.size();
  }

  @Test
  void shouldServeEightClientsInTheOrderInWhichTheyCame() {
    TestJob server = server(1);
    Port port = open(server);
    List<TestJob> clients = new ArrayList<>();
    List<Future<Intercommunicator>> connecting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      TestJob client = job(clientVertx, 1, true);
      clients.add(client);
      connecting.addAll(client.connect(port));
      int queued = i + 1;
      await().until(() -> server.queued(port) == queued);
    }
    for (int i = 0; i < 8; i++) {
      Intercommunicator accepted = get(server.accept(port).getFirst());
      assertEquals(clients.get(i).job, accepted.remoteGroup().get(0).job());
    }
    connecting.forEach(TestJob::get);
    assertEquals(0, server.queued(port));
  }

  @Test
  void shouldServeManyAtOnce() {
    TestJob server = server(2);
    Port port = open(server);
    List<Future<Intercommunicator>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.addAll(server.accept(port));
      all.addAll(job(clientVertx, 1 + i % 3, i % 2 == 0).connect(port));
    }
    all.forEach(TestJob::get);
  }

  @Test
  void shouldKeepPortsApart() {
    TestJob server = server(1);
    Port first = open(server);
    Port second = open(server);
    List<Future<Intercommunicator>> atSecond = server.accept(second);
    List<Future<Intercommunicator>> atFirst = server.accept(first);
    TestJob one = client(1);
    TestJob two = client(1);
    Future<Intercommunicator> toSecond = two.connect(second).getFirst();
    Future<Intercommunicator> toFirst = one.connect(first).getFirst();
    get(toFirst);
    get(toSecond);
    assertEquals(one.job, get(atFirst.getFirst()).remoteGroup().get(0).job());
    assertEquals(two.job, get(atSecond.getFirst()).remoteGroup().get(0).job());
  }

  @Test
  void shouldFailEveryRankWhereNobodyListens() {
    TestJob server = server(1);
    Port port = open(server);
    server.close();
    jobs.remove(server);
    client(2).connect(port).forEach(connect -> fails(ErrorClass.PORT, connect));
  }

  @Test
  void shouldRefuseAConnectToAClosedPortAtOnce() {
    TestJob server = server(1);
    TestJob client = client(2);
    Port port = open(server);
    Port closed = open(server);
    joined(server.accept(port), client.connect(port));
    get(server.ports.getFirst().closePort(closed));
    client.connect(closed).forEach(connect -> {
      fails(ErrorClass.PORT, connect);
      assertTrue(connect.cause().getMessage().contains("closed"), connect.cause()::getMessage);
    });
    fails(ErrorClass.PORT, server.accept(closed).getFirst());
  }

  @Test
  void shouldRefuseAWrongSecretWithAndWithoutALink() {
    TestJob server = server(1);
    TestJob client = client(2);
    Port port = open(server);
    Port wrong = new Port(port.id(), port.owner(), port.address(), new byte[Port.KEY_LENGTH]);
    client.connect(wrong).forEach(connect -> fails(ErrorClass.PORT, connect));
    joined(server.accept(port), client.connect(port));
    client.connect(wrong).forEach(connect -> fails(ErrorClass.PORT, connect));
    List<Future<Intercommunicator>> accepts = server.accept(port);
    job(serverVertx, 1, true).connect(wrong).forEach(connect -> fails(ErrorClass.PORT, connect));
    assertFalse(accepts.getFirst().isComplete(), "a refused connect must not use up an accept");
    joined(accepts, client.connect(port));
  }

  @Test
  void shouldNotUseUpALaterAcceptWhenNobodyAcceptsInTime() {
    TestJob server = server(2);
    TestJob client = client(2);
    Port port = open(server);
    ConnectOptions hasty = new ConnectOptions().setTimeout(Duration.ofMillis(300));
    List<Future<Intercommunicator>> late = client.all(rank ->
        client.connect(rank, port, hasty, 0, new CallOptions()));
    late.forEach(connect -> fails(ErrorClass.PORT, connect));
    List<Future<Intercommunicator>> accepts = server.accept(port);
    joined(accepts, client.connect(port));
  }

  @Test
  void shouldNotUseUpAnAcceptByAConnectThatWasCancelled() {
    TestJob server = server(2);
    TestJob client = client(2);
    Port port = open(server);
    for (int canceller = 0; canceller < 2; canceller++) {
      CancelScope scope = new CancelScope();
      int who = canceller;
      List<Future<Intercommunicator>> connects = client.all(rank -> client.connect(rank, port, new ConnectOptions(), 0,
          rank == who ? new CallOptions().setCancel(scope) : new CallOptions()));
      await().until(() -> server.queued(port) == 1);
      scope.cancel();
      connects.forEach(connect -> fails(ErrorClass.CANCELLED, connect));
      await().until(() -> server.queued(port) == 0);
    }
    joined(server.accept(port), client.connect(port));
  }

  @Test
  void shouldLetAConnectWaitForTheNextAcceptWhenOneIsCancelled() {
    TestJob server = server(2);
    TestJob client = client(1);
    Port port = open(server);
    for (int canceller = 0; canceller < 2; canceller++) {
      CancelScope scope = new CancelScope();
      int who = canceller;
      List<Future<Intercommunicator>> accepts = server.all(rank -> server.accept(rank, port, 0,
          rank == who ? new CallOptions().setCancel(scope) : new CallOptions()));
      scope.cancel();
      accepts.forEach(accept -> fails(ErrorClass.CANCELLED, accept));
    }
    List<Future<Intercommunicator>> clients = client.connect(port);
    joined(server.accept(port), clients);
  }

  @Test
  void shouldFailWaitingAcceptsAndQueuedConnectsWhenThePortCloses() {
    TestJob server = server(2);
    TestJob client = client(2);
    Port port = open(server);
    Port other = open(server);
    List<Future<Intercommunicator>> accepts = server.accept(port);
    List<Future<Intercommunicator>> connects = client.connect(other);
    await().until(() -> server.queued(other) == 1);
    get(server.ports.getFirst().closePort(port));
    get(server.ports.getFirst().closePort(other));
    accepts.forEach(accept -> fails(ErrorClass.PORT, accept));
    connects.forEach(connect -> fails(ErrorClass.PORT, connect));
    fails(ErrorClass.PORT, server.ports.getFirst().closePort(port));
  }

  @Test
  void shouldAcceptOnlyAtPortsOfTheRoot() {
    TestJob server = server(2);
    TestJob stranger = client(1);
    Port port = open(server);
    fails(ErrorClass.PORT, stranger.accept(port).getFirst());
    server.all(rank -> server.accept(rank, port, 1, new CallOptions()))
        .forEach(accept -> fails(ErrorClass.PORT, accept));
    server.all(rank -> server.accept(rank, null, 0, new CallOptions()))
        .forEach(accept -> fails(ErrorClass.PORT, accept));
  }

  @Test
  void shouldRefuseABadRoot() {
    TestJob server = server(2);
    Port port = open(server);
    for (int root : new int[] {-1, 2}) {
      server.all(rank -> server.accept(rank, port, root, new CallOptions()))
          .forEach(accept -> fails(ErrorClass.ROOT, accept));
      server.all(rank -> server.connect(rank, port, new ConnectOptions(), rank == 0 ? root : 0, new CallOptions()))
          .forEach(connect -> fails(ErrorClass.ROOT, connect));
    }
  }

  @Test
  void shouldSeeThatRanksCalledDifferentThings() {
    TestJob server = server(2);
    Port port = open(server);
    server.all(rank -> rank == 0 ? server.accept(rank, port, 0, new CallOptions())
        : server.connect(rank, port, new ConnectOptions(), 0, new CallOptions()))
        .forEach(call -> fails(ErrorClass.COLLECTIVE_MISMATCH, call));
    server.all(rank -> server.connect(rank, port, new ConnectOptions(), rank, new CallOptions()))
        .forEach(call -> fails(ErrorClass.COLLECTIVE_MISMATCH, call));
  }

  @Test
  void shouldHonourTheDeadlineOfAnAccept() {
    TestJob server = server(2);
    Port port = open(server);
    server.all(rank -> server.accept(rank, port, 0,
        rank == 0 ? new CallOptions().setTimeout(Duration.ofMillis(100)) : new CallOptions()))
        .forEach(accept -> fails(ErrorClass.TIMEOUT, accept));
    joined(server.accept(port), client(1).connect(port));
  }

  @Test
  void shouldGoOnWithTheNextConnectWhenAClientDies() {
    TestJob server = server(2);
    Port port = open(server);
    TestJob doomed = new TestJob(clientVertx, 1, true, TCP);
    doomed.connect(port);
    await().until(() -> server.queued(port) == 1);
    doomed.close();
    await().until(() -> server.queued(port) == 0);
    joined(server.accept(port), client(2).connect(port));
  }

  @Test
  void shouldFailAnAcceptWhoseGroupLosesARank() {
    TestJob server = server(2);
    Port port = open(server);
    List<Future<Intercommunicator>> accepts = server.accept(port);
    server.node(0).depart(new Departure(server.ranks.get(1).id(), "it was told to"));
    fails(ErrorClass.PROC_FAILED, accepts.getFirst());
  }

  @Test
  void shouldFailAConnectWhoseServerDies() {
    TestJob server = new TestJob(serverVertx, 1, true, TCP);
    Port port = open(server);
    List<Future<Intercommunicator>> connects = client(2).connect(port);
    await().until(() -> server.queued(port) == 1);
    server.close();
    connects.forEach(connect -> fails(ErrorClass.PORT, connect));
  }

  @Test
  void shouldRefuseAGroupThatClaimsOurProcesses() {
    TestJob server = server(2);
    TestJob client = client(1);
    Port port = open(server);
    client.nodes.getFirst().introduce(server.ranks.get(1).id(), client.nodes.getFirst().address());
    fails(ErrorClass.PORT, client.connect(new Port(port.id(), server.ranks.get(1).id(), port.address(), port.key()))
        .getFirst());
    assertEquals(server.node(1).address().id(),
        server.node(0).whereIs(server.ranks.get(1).id()).orElseThrow().id());
  }

  @Test
  void shouldRefuseAPortOfAnUnknownId() {
    TestJob server = server(1);
    Port port = open(server);
    Port unknown = new Port(UUID.randomUUID(), port.owner(), port.address(), port.key());
    fails(ErrorClass.PORT, client(1).connect(unknown).getFirst());
  }
}
