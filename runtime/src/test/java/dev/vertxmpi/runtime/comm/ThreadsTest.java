package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What threads may call, where results arrive, and what goes on while a handler blocks. */
class ThreadsTest {

  @ParameterizedTest
  @EnumSource(ThreadingModel.class)
  void shouldServeRanksOnAnyThreads(ThreadingModel threading) {
    try (Ranks ranks = new Ranks(3, Links.first(), threading)) {
      assertEquals(Collections.nCopies(3, 3), ranks.run(world -> {
        Context caller = Vertx.currentContext();
        return world.allreduce(1, Op.SUM).map(Waiting.check(sum -> assertSame(caller, Vertx.currentContext())));
      }));
    }
  }

  @ParameterizedTest
  @EnumSource(value = ThreadingModel.class, names = {"WORKER", "VIRTUAL_THREAD"})
  void shouldProgressApartFromHandlersThatBlock(ThreadingModel threading) {
    try (Ranks ranks = new Ranks(2, Links.first(), threading)) {
      CountDownLatch release = new CountDownLatch(1);
      Promise<Future<Void>> called = Promise.promise();
      ranks.rank(1).context().runOnContext(go -> {
        Future<Void> barrier = ranks.world(1).barrier();
        called.complete(barrier);
        Ranks.block(release);
      });
      // The handler of rank 1 still blocks when the barrier completes at rank 0.
      Waiting.await(ranks.on(0, Intracommunicator::barrier));
      release.countDown();
      Waiting.await(called.future().compose(barrier -> barrier));
    }
  }

  @Test
  void shouldMakePeersWaitWhileAHandlerBlocksItsLoopAndNothingElse() throws Exception {
    try (Ranks ranks = new Ranks(3, Links.first(), 4)) {
      CountDownLatch release = new CountDownLatch(1);
      CountDownLatch blocked = new CountDownLatch(1);
      Future<Void> ofBlocked = ranks.on(1, world -> {
        blocked.countDown();
        Ranks.block(release);
        return world.barrier();
      });
      assertTrue(blocked.await(10, TimeUnit.SECONDS));
      List<Future<Void>> others = List.of(ranks.on(0, Intracommunicator::barrier),
          ranks.on(2, Intracommunicator::barrier));
      // Others go on meanwhile; a message to the blocked rank settles where the library can copy it.
      Waiting.await(ranks.on(0, world -> world.send("x", 2, 0)));
      Waiting.await(ranks.on(2, world -> world.recv(String.class, 0, 0)));
      Waiting.await(ranks.on(0, world -> world.send("later", 1, 0)));
      assertFalse(others.get(0).isComplete());
      release.countDown();
      Waiting.await(ofBlocked);
      Waiting.all(others);
      assertEquals("later", Waiting.await(ranks.on(1, world -> world.recv(String.class, 0, 0))).body());
    }
  }

  @Test
  void shouldKeepTheOrderOfCallsAcrossThreads() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      int count = 2000;
      int[] shared = new int[count];
      List<Future<Void>> sends = Collections.synchronizedList(new ArrayList<>());
      // Each thread passes the turn on after its call: call i happens-before call i + 1.
      Object turn = new Object();
      int[] next = new int[1];
      List<Thread> threads = IntStream.range(0, 4).mapToObj(t -> Thread.ofPlatform().start(() -> {
        for (int i = t; i < count; i += 4) {
          synchronized (turn) {
            while (next[0] != i) {
              try {
                turn.wait();
              } catch (InterruptedException e) {
                return;
              }
            }
            shared[i] = i;
            sends.add(ranks.world(0).send(MessageBuffer.of(new int[] {shared[i]}), 1, 0));
            next[0]++;
            turn.notifyAll();
          }
        }
      })).toList();
      int[] got = new int[1];
      for (int i = 0; i < count; i++) {
        Waiting.await(ranks.world(1).recv(MessageBuffer.of(got), 0, 0));
        assertEquals(i, got[0]);
      }
      threads.forEach(thread -> assertTrue(Ranks.joined(thread)));
      Waiting.all(List.copyOf(sends));
    }
  }

  @Test
  void shouldNotRunHandlersInsideTheCall() {
    try (Ranks ranks = new Ranks(1, Links.first())) {
      Waiting.await(ranks.on(0, world -> {
        boolean[] inside = {true};
        Future<Void> barrier = world.barrier().map(Waiting.check(done -> assertFalse(inside[0])));
        inside[0] = false;
        return barrier;
      }));
    }
  }
}
