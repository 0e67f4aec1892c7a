package dev.vertxmpi.runtime.comm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.Received;
import dev.vertxmpi.SendMode;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks that die or leave. */
class DepartureTest {

  @OverLinks
  void shouldFailWhatNeedsTheDead(String link) {
    try (Ranks ranks = new Ranks(3, link)) {
      Future<?> receive = ranks.on(0, world -> world.recv(String.class, 2, 0));
      Future<?> send = ranks.on(0, world -> world.send(MessageBuffer.of(new byte[1]), 2, 0, SendMode.SYNCHRONOUS));
      Future<Received<String>> any = ranks.on(0, world -> world.recv(String.class, Communicator.ANY_SOURCE, 1));
      Future<Void> barrier = ranks.on(0, world -> world.barrier());
      Future<Void> barrierToo = ranks.on(1, world -> world.barrier());
      ranks.kill(2);
      Waiting.failure(ErrorClass.PROC_FAILED, receive);
      Waiting.failure(ErrorClass.PROC_FAILED, send);
      for (Future<Void> one : List.of(barrier, barrierToo)) {
        MpiException failure = Waiting.failure(ErrorClass.PROC_FAILED, one);
        assertTrue(failure.getMessage().contains("rank 2"), failure.getMessage());
        assertEquals(List.of(2), failure.ranks());
      }
      assertFalse(any.isComplete());
      Waiting.await(ranks.on(1, world -> world.send("alive", 0, 1)));
      assertEquals("alive", Waiting.await(any).body());
      Waiting.failure(ErrorClass.PROC_FAILED, ranks.on(0, world -> world.send("x", 2, 0)));
      Waiting.failure(ErrorClass.PROC_FAILED, ranks.on(1, world -> world.allreduce(1, Op.SUM)));
      Waiting.failure(ErrorClass.PROC_FAILED, ranks.on(0, world -> world.keyed("k").barrier()));
    }
  }

  @Test
  void shouldFailReceivesFromAnybodyWhenNobodyIsLeft() {
    try (Ranks ranks = new Ranks(3, Links.first())) {
      Future<?> any = ranks.on(0, world -> world.recv(String.class, Communicator.ANY_SOURCE, Communicator.ANY_TAG));
      ranks.kill(2);
      Waiting.failure(ErrorClass.PROC_FAILED, ranks.on(0, world -> world.recv(String.class, 2, 0)));
      assertFalse(any.isComplete());
      ranks.kill(1);
      Waiting.failure(ErrorClass.PROC_FAILED, any);
      Waiting.failure(ErrorClass.PROC_FAILED, ranks.on(0, world -> world.recv(String.class, -1, -1)));
    }
  }

  @Test
  void shouldStillReceiveWhatTheDeadHadSent() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      Waiting.await(ranks.on(1, world -> world.send("last words", 0, 0)));
      Future<?> unheard = ranks.on(1, world -> world.send(new byte[1 << 20], 0, 1));
      Waiting.await(ranks.on(1, world -> world.send("marker", 0, 2)));
      Waiting.await(ranks.on(0, world -> world.recv(String.class, 1, 2)));
      ranks.kill(1);
      assertEquals("last words", Waiting.await(ranks.on(0, world -> world.recv(String.class, 1, 0))).body());
      Waiting.failure(ErrorClass.PROC_FAILED, ranks.on(0, world -> world.recv(byte[].class, 1, 1)));
      await().until(unheard::isComplete);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8})
  void shouldCompleteABarrierWhoseFirstRanksLeaveAtOnce(int size) {
    for (int round = 0; round < 20; round++) {
      try (Ranks ranks = new Ranks(size, Links.first())) {
        Waiting.all(ranks.start(world -> world.barrier()
            .onSuccess(done -> ranks.rank(world.rank()).node().leave(ranks.rank(world.rank()).id()))));
      }
    }
  }

  @Test
  void shouldFailEverythingWhenItLeavesItself() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      Future<?> receive = ranks.on(0, world -> world.recv(String.class, 1, 0));
      Future<?> send = ranks.on(0, world -> world.send(new byte[1 << 20], 1, 0));
      Future<?> barrier = ranks.on(0, world -> world.barrier());
      // A message to itself shows that all three have begun.
      Waiting.await(ranks.on(0, world -> world.send("begun", 0, 9).compose(sent -> world.recv(String.class, 0, 9))));
      ranks.rank(0).node().leave(ranks.rank(0).id());
      Waiting.failure(ErrorClass.COMM, receive);
      Waiting.failure(ErrorClass.COMM, send);
      Waiting.failure(ErrorClass.COMM, barrier);
      Waiting.failure(ErrorClass.COMM, ranks.on(0, world -> world.barrier()));
      Waiting.failure(ErrorClass.PROC_FAILED, ranks.on(1, world -> world.recv(byte[].class, 0, 0)));
    }
  }
}
