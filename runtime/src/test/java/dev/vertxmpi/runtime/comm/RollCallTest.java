package dev.vertxmpi.runtime.comm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.Traffic;
import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Barriers of ranks that share memory and spin: by what each notes, and by messages where that is not enough. */
class RollCallTest {

  private static final int SIZE = 3;
  private static final int MANY = 500;

  private Ranks ranks;

  @BeforeEach
  void open() {
    Assumptions.assumeTrue(Links.has("shm"));
    ranks = Ranks.polling(SIZE, "shm", ThreadingModel.EVENT_LOOP);
  }

  @AfterEach
  void close() {
    if (ranks != null) {
      ranks.close();
    }
  }

  private static Future<Void> barriers(Intracommunicator world, int count) {
    return repeat(count, left -> world.barrier());
  }

  /** One after another, on a stack that does not grow with them. */
  private static Future<Void> repeat(int count, IntFunction<Future<Void>> call) {
    Promise<Void> done = Promise.promise();
    repeat(count, call, done);
    return done.future();
  }

  private static void repeat(int left, IntFunction<Future<Void>> call, Promise<Void> done) {
    if (left == 0) {
      done.complete();
    } else {
      call.apply(left).onComplete(passed -> repeat(left - 1, call, done), done::fail);
    }
  }

  private long frames() {
    long frames = 0;
    for (int rank = 0; rank < SIZE; rank++) {
      frames += ranks.rank(rank).node().traffic().links().values().stream().mapToLong(Traffic.Counters::frames).sum();
    }
    return frames;
  }

  /** Until barriers need hardly a frame any more. */
  private void warmUp() {
    await().atMost(Duration.ofSeconds(60)).until(() -> {
      long before = frames();
      ranks.run(world -> barriers(world, MANY));
      return frames() - before < MANY;
    });
  }

  @Test
  void shouldNeedFewFramesWhenAllSpin() {
    warmUp();
  }

  @Test
  void shouldLetNobodyPassBeforeAllHaveCome() {
    warmUp();
    AtomicInteger come = new AtomicInteger();
    ranks.run(world -> repeat(MANY, left -> {
      come.incrementAndGet();
      return world.barrier().map(passed -> {
        int seen = come.get();
        assertTrue(seen >= (MANY - left + 1) * SIZE, () -> "with " + left + " to go: only " + seen);
        return passed;
      });
    }));
    assertEquals(MANY * SIZE, come.get());
  }

  @Test
  void shouldWakeWhoHasFallenAsleep() {
    warmUp();
    for (int round = 0; round < 20; round++) {
      int late = round % SIZE;
      ranks.run(world -> world.rank() == late
          ? ranks.vertx().timer(20).compose(rung -> world.barrier())
          : world.barrier());
    }
    ranks.run(world -> barriers(world, MANY));
  }

  @Test
  void shouldGoOnBesideOtherCollectives() {
    warmUp();
    for (int round = 0; round < 50; round++) {
      int base = round;
      List<Integer> sums = ranks.run(world -> {
        Future<Integer> sum = world.allreduce(base + world.rank(), Op.SUM);
        Future<Void> meanwhile = world.barrier();
        Future<Void> byKey = world.keyed("key").barrier();
        Future<Void> after = world.barrier();
        return Future.join(meanwhile, byKey, after).compose(done -> world.barrier()).compose(done -> sum);
      });
      assertEquals(List.of(3 * base + 3, 3 * base + 3, 3 * base + 3), sums);
    }
  }

  @Test
  void shouldFailAMismatchEverywhere() {
    warmUp();
    for (int odd = 0; odd < SIZE; odd++) {
      int other = odd;
      ranks.start(world -> world.rank() == other ? world.bcast(String.class, "x", Root.rank(other)).mapEmpty()
          : world.barrier()).forEach(one -> Waiting.failure(ErrorClass.COLLECTIVE_MISMATCH, one));
      ranks.run(world -> barriers(world, 100));
    }
  }

  @Test
  void shouldTellTheOthersOfADeadline() {
    warmUp();
    CallOptions soon = new CallOptions().setTimeout(Duration.ofMillis(50));
    Future<Void> waiting = ranks.on(1, Intracommunicator::barrier);
    Waiting.failure(ErrorClass.TIMEOUT, ranks.on(0, world -> world.with(soon).barrier()));
    Waiting.failure(ErrorClass.TIMEOUT, waiting);
    Waiting.failure(ErrorClass.TIMEOUT, ranks.on(2, Intracommunicator::barrier));
    ranks.run(world -> barriers(world, 100));
  }

  @Test
  void shouldFailWhereSomebodyDies() {
    warmUp();
    List<Future<Void>> waiting = List.of(ranks.on(0, Intracommunicator::barrier),
        ranks.on(2, Intracommunicator::barrier));
    ranks.kill(1);
    waiting.forEach(one -> Waiting.failure(ErrorClass.PROC_FAILED, one));
  }
}
