package dev.vertxmpi.runtime.job;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.Op;
import dev.vertxmpi.Traffic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyRanksTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() {
    await(vertx.close());
  }

  private List<Mpi> deploy(int ranks) {
    List<Mpi> all = Collections.synchronizedList(new ArrayList<>());
    await(MpiJob.deploy(vertx, ranks, () -> context -> Mpi.init(vertx).onSuccess(all::add)));
    return all;
  }

  private static long frames(Mpi mpi) {
    return mpi.traffic().links().values().stream().mapToLong(Traffic.Counters::frames).sum();
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 1024, 1000})
  void shouldSendAtMostTheLogarithmOfFramesForABarrier(int ranks) {
    List<Mpi> all = deploy(ranks);
    long before = frames(all.getFirst());
    await(Future.all(all.stream().map(mpi -> mpi.world().barrier()).toList()));
    long sent = frames(all.getFirst()) - before;
    int logarithm = Integer.SIZE - Integer.numberOfLeadingZeros(ranks - 1);
    assertTrue(sent >= 2L * (ranks - 1), "all hear of all, but only " + sent + " frames were sent");
    assertTrue(sent <= (long) ranks * logarithm, sent + " frames for " + ranks + " ranks");
  }

  @Test
  void shouldNeedTheSameMemoryForEachOfManyRanks() {
    await(MpiJob.run(vertx, 2, mpi -> mpi.world().barrier()));
    long empty = used();
    List<Mpi> few = deploy(256);
    long withFew = used();
    List<Mpi> many = deploy(4096);
    long withMany = used();
    double each = (withFew - empty) / 256.0;
    double eachOfMany = (withMany - withFew) / 4096.0;
    assertTrue(eachOfMany < 2 * each, eachOfMany + " bytes for each of 4096 ranks, " + each + " for each of 256");
    assertEquals(256 + 4096, few.size() + many.size());
  }

  private void comeAndGo(int ranks) {
    List<Mpi> all = Collections.synchronizedList(new ArrayList<>());
    MpiJob job = await(MpiJob.deploy(vertx, ranks, () -> context -> Mpi.init(vertx).onSuccess(all::add)));
    await(Future.all(all.stream().map(mpi -> mpi.world().barrier()).toList()));
    await(job.close());
  }

  @Test
  void shouldLeaveAlmostNothingOfRanksThatHaveGone() {
    int ranks = 2000;
    comeAndGo(ranks);
    long once = used();
    comeAndGo(ranks);
    long twice = used();
    comeAndGo(ranks);
    double second = (twice - once) / (double) ranks;
    double third = (used() - twice) / (double) ranks;
    assertTrue(second < 500 && third < 500, "of each rank were left " + second + " bytes, and then " + third);
  }

  @Test
  void shouldLetALoopDoOtherThingsWhileItsRanksStart() {
    int ranks = 500;
    Vertx narrow = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    AtomicInteger started = new AtomicInteger();
    Promise<Integer> seen = Promise.promise();
    await(MpiJob.deploy(narrow, ranks, () -> context -> Mpi.init(narrow).onSuccess(mpi -> {
      if (started.incrementAndGet() == 1) {
        context.runOnContext(now -> seen.complete(started.get()));
      }
    })));
    int before = await(seen.future());
    assertTrue(before < ranks / 10, "another task had to wait for " + before + " ranks");
    assertEquals(ranks, started.get());
    await(narrow.close());
  }

  @Test
  void shouldEndManyRanksThatWereAtWorkTogether() {
    int ranks = 2000;
    assertEquals(Collections.nCopies(ranks, ranks),
        await(MpiJob.run(vertx, ranks, mpi -> mpi.world().allreduce(1, Op.SUM))));
    assertTrue(vertx.deploymentIDs().isEmpty());
  }
}
