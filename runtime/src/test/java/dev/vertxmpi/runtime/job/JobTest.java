package dev.vertxmpi.runtime.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTest {

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static JobOptions options(int ranks, String... links) {
    return new JobOptions().setRanks(ranks)
        .setMpi(new MpiOptions().setLinks(List.of(links)).setCloseTimeout(Duration.ofSeconds(5)));
  }

  /** Gives its rank to the test. */
  private static final class Member extends VerticleBase {
    private final List<Mpi> members;

    Member(List<Mpi> members) {
      this.members = members;
    }

    @Override
    public Future<?> start() {
      return Mpi.init(vertx).onSuccess(members::add);
    }
  }

  private static MpiException failure(Future<?> future) {
    await().until(future::isComplete);
    assertTrue(future.failed());
    return (MpiException) future.cause();
  }

  @OverLinks
  void shouldRunABodyInEachRank(String link) {
    List<Integer> sums = MpiJob.run(vertx, options(4, link), mpi -> mpi.world().allreduce(mpi.rank() + 1, Op.SUM)
        .map(sum -> {
          assertEquals(List.of(link), List.copyOf(mpi.traffic().links().keySet()));
          return sum * 10 + mpi.rank();
        })).await();
    assertEquals(List.of(100, 101, 102, 103), sums);
  }

  @ParameterizedTest
  @EnumSource(value = ThreadingModel.class, names = {"EVENT_LOOP", "WORKER", "VIRTUAL_THREAD"})
  void shouldRunOnEveryThreadingModel(ThreadingModel threading) {
    List<Context> contexts = new CopyOnWriteArrayList<>();
    List<Integer> sums = MpiJob.run(vertx, options(3, Links.first()).setThreading(threading), mpi -> {
      contexts.add(Vertx.currentContext());
      return mpi.world().allreduce(1, Op.SUM);
    }).await();
    assertEquals(List.of(3, 3, 3), sums);
    assertEquals(3, contexts.stream().map(Context::deploymentID).distinct().count());
    contexts.forEach(context -> assertEquals(threading, context.threadingModel()));
  }

  @Test
  void shouldGiveEachVerticleItsRank() {
    List<Mpi> members = new CopyOnWriteArrayList<>();
    MpiJob job = MpiJob.deploy(vertx, 3, () -> new Member(members)).await();
    assertEquals(3, job.deploymentIds().size());
    assertEquals(List.of(0, 1, 2), members.stream().map(Mpi::rank).sorted().toList());
    members.forEach(member -> assertEquals(3, member.size()));
    job.close().await();
    assertTrue(vertx.deploymentIDs().isEmpty());
    job.close().await();
  }

  @Test
  void shouldGiveTheSameRankTwice() {
    MpiJob.run(vertx, 1, mpi -> Mpi.init(vertx).onSuccess(again -> assertSame(mpi, again))).await();
  }

  @Test
  void shouldRunManyRanks() {
    int ranks = 1000;
    List<Integer> sums = MpiJob.run(vertx, ranks, mpi -> mpi.world().allreduce(1, Op.SUM)).await();
    assertEquals(IntStream.range(0, ranks).mapToObj(rank -> ranks).toList(), sums);
  }

  @OverLinks
  void shouldTellPeersOfAnUndeploy(String link) {
    List<Mpi> members = new CopyOnWriteArrayList<>();
    MpiJob job = MpiJob.deploy(vertx, options(3, link), () -> new Member(members)).await();
    members.sort((a, b) -> a.rank() - b.rank());
    Future<?> waiting = members.get(0).world().recv(Integer.class, 2, 7);
    Future<?> own = members.get(2).world().recv(Integer.class, 0, 7);
    vertx.undeploy(job.deploymentIds().get(2)).await();
    assertEquals(ErrorClass.PROC_FAILED, failure(waiting).errorClass());
    await().until(own::isComplete);
    assertTrue(own.failed());
    members.get(0).world().send(5, 1, 1).await();
    assertEquals(5, members.get(1).world().recv(Integer.class, 0, 1).await().body());
    job.close().await();
  }

  @Test
  void shouldUndeployTheOthersWhenOneFailsToStart() {
    AtomicInteger number = new AtomicInteger();
    IllegalStateException reason = new IllegalStateException("rank 1 does not want to");
    Future<MpiJob> job = MpiJob.deploy(vertx, 3, () -> {
      int rank = number.getAndIncrement();
      return new VerticleBase() {
        @Override
        public Future<?> start() {
          return rank == 1 ? Future.failedFuture(reason) : Mpi.init(vertx);
        }
      };
    });
    await().until(job::isComplete);
    assertSame(reason, job.cause());
    assertTrue(vertx.deploymentIDs().isEmpty());
  }

  @Test
  void shouldNameTheRanksThatDoNotInit() {
    AtomicInteger number = new AtomicInteger();
    JobOptions options = new JobOptions().setRanks(2)
        .setMpi(new MpiOptions().setInitTimeout(Duration.ofMillis(300)));
    Future<MpiJob> job = MpiJob.deploy(vertx, options, () -> {
      int rank = number.getAndIncrement();
      return context -> rank == 0 ? Mpi.init(vertx) : Future.succeededFuture();
    });
    MpiException failure = failure(job);
    assertEquals(ErrorClass.TIMEOUT, failure.errorClass());
    assertTrue(failure.reason().contains("[1]"), failure.reason());
  }

  @Test
  void shouldRefuseASupplierThatGivesNothing() {
    assertEquals(ErrorClass.ARG, failure(MpiJob.deploy(vertx, 2, () -> null)).errorClass());
    assertEquals(ErrorClass.ARG, failure(MpiJob.run(vertx, 2, mpi -> null)).errorClass());
  }

  @Test
  void shouldFailWithTheRootCause() {
    IllegalStateException reason = new IllegalStateException("rank 2 fails");
    List<Future<?>> others = new CopyOnWriteArrayList<>();
    Future<?> run = MpiJob.run(vertx, 3, mpi -> {
      if (mpi.rank() == 2) {
        return mpi.close().compose(closed -> {
          await().until(() -> others.stream().anyMatch(Future::failed));
          return Future.failedFuture(reason);
        });
      }
      Future<?> waits = mpi.world().recv(Integer.class, 2, 0);
      others.add(waits);
      return waits.mapEmpty();
    });
    await().until(run::isComplete);
    assertSame(reason, run.cause());
    assertTrue(vertx.deploymentIDs().isEmpty());
  }

  @Test
  void shouldEndARunWhoseOtherRanksNeverSettle() {
    JobOptions options = new JobOptions().setRanks(2)
        .setMpi(new MpiOptions().setCloseTimeout(Duration.ofMillis(100)));
    IllegalStateException reason = new IllegalStateException("rank 0 throws");
    Future<List<Object>> run = MpiJob.run(vertx, options, mpi -> {
      if (mpi.rank() == 0) {
        throw reason;
      }
      return Promise.promise().future();
    });
    await().until(run::isComplete);
    assertSame(reason, run.cause());
  }

  @Test
  void shouldBeAWorldOfOneElsewhere() {
    Mpi mpi = Mpi.init(vertx).await();
    assertEquals(1, mpi.size());
    assertEquals(4, mpi.world().allreduce(4, Op.SUM).await());
    assertEquals(1, mpi.self().size());
    Mpi other = Mpi.init(vertx).await();
    assertFalse(mpi.processId().equals(other.processId()));
    Future.join(mpi.close(), other.close(), mpi.close()).await();
  }

  @Test
  void shouldEndWithItsVertx() {
    Mpi mpi = Mpi.init(vertx).await();
    Future<?> waiting = mpi.world().recv(Integer.class, 0, 0);
    vertx.close().await();
    await().until(waiting::isComplete);
    assertTrue(waiting.failed());
  }

  @Test
  void shouldCloseTheVertxThatItLaunched() {
    Mpi mpi = Mpi.launch(new MpiOptions()).await();
    assertEquals(1, mpi.size());
    mpi.close().await();
    assertThrows(RejectedExecutionException.class, () -> mpi.vertx().runOnContext(nothing -> { }));
  }
}
