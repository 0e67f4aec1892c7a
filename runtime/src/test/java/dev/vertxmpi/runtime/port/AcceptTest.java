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
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.AcceptOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long accepts wait, and how many connects wait for them. */
class AcceptTest {

  private static final MpiOptions TCP = new MpiOptions().setLinks(List.of("tcp"));
  private static final AcceptOptions HASTY = new AcceptOptions().setTimeout(Duration.ofMillis(200));

  private final Vertx vertx = Vertx.vertx();
  private final List<TestJob> jobs = new ArrayList<>();

  @AfterEach
  void close() {
    jobs.forEach(TestJob::close);
    get(vertx.close());
  }

  private TestJob job(int size) {
    TestJob job = new TestJob(vertx, size, true, TCP);
    jobs.add(job);
    return job;
  }

  private static Port open(TestJob job, PortOptions options) {
    return get(job.ports.getFirst().openPort(options));
  }

  @Test
  void shouldFailAtEveryRankWhenNoClientComesInTime() {
    TestJob server = job(3);
    Port port = open(server, new PortOptions());
    server.all(rank -> server.accept(rank, rank == 0 ? port : null, HASTY, 0, new CallOptions())).forEach(accept -> {
      MpiException late = fails(ErrorClass.TIMEOUT, accept);
      assertTrue(late.getMessage().startsWith("MPIX_ERR_TIMEOUT in MPI_Comm_accept: no client came within 200 ms"),
          late::getMessage);
    });
    List<Future<Intercommunicator>> clients = job(2).connect(port);
    server.accept(port).forEach(TestJob::get);
    clients.forEach(TestJob::get);
  }

  @Test
  void shouldTakeTheTimeoutOfTheRootAlone() {
    TestJob server = job(2);
    Port port = open(server, new PortOptions());
    List<Future<Intercommunicator>> patient = server.all(rank ->
        server.accept(rank, rank == 0 ? port : null, rank == 0 ? new AcceptOptions() : HASTY, 0, new CallOptions()));
    server.all(rank -> server.accept(rank, rank == 0 ? port : null, rank == 0 ? HASTY : null, 0, new CallOptions()))
        .forEach(accept -> fails(ErrorClass.TIMEOUT, accept));
    patient.forEach(accept -> assertFalse(accept.isComplete(), "a timeout of 0 is none"));
    job(1).connect(port).forEach(TestJob::get);
    patient.forEach(TestJob::get);
    server.all(rank -> server.accept(rank, port, null, 0, new CallOptions()))
        .forEach(accept -> fails(ErrorClass.ARG, accept));
  }

  @Test
  void shouldServeSeveralAcceptsOnOnePortInTheOrderOfTheCalls() {
    TestJob server = job(1);
    Port port = open(server, new PortOptions());
    List<Future<Intercommunicator>> accepts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      accepts.addAll(server.accept(port));
    }
    for (Future<Intercommunicator> accept : accepts) {
      TestJob client = job(1);
      get(client.connect(port).getFirst());
      assertEquals(client.job, get(accept).remoteGroup().get(0).job());
    }
  }

  @Test
  void shouldRefuseConnectsBeyondTheQueueAtOnce() {
    TestJob server = job(1);
    Port port = open(server, new PortOptions().setQueue(2));
    List<Future<Intercommunicator>> waiting = new ArrayList<>(job(1).connect(port));
    waiting.addAll(job(1).connect(port));
    await().until(() -> server.queued(port) == 2);
    TestJob surplus = job(2);
    surplus.connect(port).forEach(connect -> {
      MpiException refused = fails(ErrorClass.PORT, connect);
      assertTrue(refused.getMessage().endsWith("the port has 2 connects waiting already"), refused::getMessage);
    });
    for (Future<Intercommunicator> connect : waiting) {
      get(server.accept(port).getFirst());
      get(connect);
    }
    List<Future<Intercommunicator>> accepts = server.accept(port);
    surplus.connect(port).forEach(TestJob::get);
    get(accepts.getFirst());
  }

  @Test
  void shouldNotCountConnectsForWhichAnAcceptIsThere() {
    TestJob server = job(2);
    Port port = open(server, new PortOptions().setQueue(1));
    List<Future<Intercommunicator>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.addAll(server.accept(port));
    }
    for (int i = 0; i < 8; i++) {
      all.addAll(job(1 + i % 2).connect(port));
    }
    all.forEach(TestJob::get);
  }

  @Test
  void shouldSettleAtEveryRankWheneverOneGivesUp() {
    List<Integer> rounds = get(MpiJob.run(vertx, new JobOptions().setRanks(3).setMpi(TCP), mpi -> {
      Future<Port> port = mpi.rank() == 0 ? mpi.openPort(new PortOptions()) : Future.succeededFuture();
      return port.compose(mine -> giveUp(mpi, mine, 0));
    }));
    assertEquals(List.of(60, 60, 60), rounds);
  }

  /** Each rank in turn gives up, before, while or after the group meets. */
  private static Future<Integer> giveUp(Mpi mpi, Port port, int round) {
    if (round == 60) {
      return Future.succeededFuture(round);
    }
    CancelScope scope = new CancelScope();
    Future<Intercommunicator> accept = mpi.world()
        .with(round % 3 == mpi.rank() ? new CallOptions().setCancel(scope) : new CallOptions()).accept(port);
    switch (round / 3 % 3) {
      case 0 -> scope.cancel();
      case 1 -> mpi.vertx().runOnContext(soon -> scope.cancel());
      default -> mpi.vertx().setTimer(1, later -> scope.cancel());
    }
    return accept.transform(outcome -> MpiException.of(outcome.cause()).errorClass() == ErrorClass.CANCELLED
        ? giveUp(mpi, port, round + 1) : Future.failedFuture(outcome.cause()));
  }
}
