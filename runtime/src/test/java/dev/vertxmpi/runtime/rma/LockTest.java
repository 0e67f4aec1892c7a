package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Op;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class LockTest {

  private static WindowOptions options() {
    return WindowOptions.allocate(MemoryKind.HOST, 1024).setDisplacementUnit(8);
  }

  /** Each rank reads, adds one and writes back, under an exclusive lock: nothing is lost. */
  @OverLinks
  void shouldKeepOthersOutWhileExclusive(String link) {
    int size = 4;
    int rounds = 50;
    try (WindowRanks ranks = new WindowRanks(size, link)) {
      List<Window> windows = ranks.windows(i -> options());
      ranks.run(windows, (window, i) -> {
        Future<Void> chain = Future.succeededFuture();
        for (int k = 0; k < rounds; k++) {
          chain = chain.compose(done -> window.locked(0, LockType.EXCLUSIVE, LockTest::addOne));
        }
        return chain;
      });
      assertEquals(size * rounds, windows.get(0).memory().segment().get(ValueLayout.JAVA_LONG, 8));
    }
  }

  private static Future<Void> addOne(Window window) {
    long[] value = new long[1];
    return window.get(MessageBuffer.of(value), 0, Region.at(1)).compose(got -> {
      value[0]++;
      return window.put(MessageBuffer.of(value), 0, Region.at(1));
    });
  }

  @OverLinks
  void shouldMixSharedAndExclusiveLocksOnAllTargets(String link) {
    int size = 4;
    int rounds = 30;
    try (WindowRanks ranks = new WindowRanks(size, link)) {
      List<Window> windows = ranks.windows(i -> options());
      ranks.run(windows, (window, i) -> {
        List<Future<Void>> all = new ArrayList<>();
        for (int k = 0; k < rounds; k++) {
          int target = (i + k) % size;
          LockType type = (i + k) % 3 == 0 ? LockType.EXCLUSIVE : LockType.SHARED;
          // Not one waits for the one before: the order of the calls is enough.
          all.add(window.lock(target, type));
          all.add(window.accumulate(MessageBuffer.of(new long[] {1}), target, Region.at(2), Op.SUM));
          all.add(window.unlock(target));
        }
        return Future.all(all);
      });
      long sum = windows.stream().mapToLong(w -> w.memory().segment().get(ValueLayout.JAVA_LONG, 16)).sum();
      assertEquals(size * rounds, sum);
    }
  }

  @OverLinks
  void shouldLockSeveralTargetsAtOnce(String link) {
    try (WindowRanks ranks = new WindowRanks(3, link)) {
      List<Window> windows = ranks.windows(i -> options());
      ranks.run(windows, (window, i) -> window.locked(1, LockType.SHARED, one -> one.locked(2, LockType.SHARED, two ->
          Future.join(two.accumulate(MessageBuffer.of(new long[] {1}), 1, Region.at(0), Op.SUM),
              two.accumulate(MessageBuffer.of(new long[] {2}), 2, Region.at(0), Op.SUM))
              .compose(sent -> two.flush(1)))));
      assertEquals(3, windows.get(1).memory().segment().get(ValueLayout.JAVA_LONG, 0));
      assertEquals(6, windows.get(2).memory().segment().get(ValueLayout.JAVA_LONG, 0));
    }
  }

  @OverLinks
  void shouldBeAtTheTargetAfterFlush(String link) {
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i -> options());
      Window mine = windows.get(0);
      WindowRanks.get(mine.lock(1, LockType.EXCLUSIVE));
      for (long k = 1; k <= 100; k++) {
        mine.put(MessageBuffer.of(new long[] {k}), 1, Region.at(5));
        WindowRanks.get(mine.flush(1));
        assertEquals(k, windows.get(1).memory().segment().get(ValueLayout.JAVA_LONG, 40));
      }
      WindowRanks.get(mine.unlock(1));
    }
  }

  @OverLinks
  void shouldWithdrawARequestAtItsDeadline(String link) {
    try (WindowRanks ranks = new WindowRanks(3, link)) {
      List<Window> windows = ranks.windows(i -> options());
      WindowRanks.get(windows.get(0).lock(0, LockType.EXCLUSIVE));
      Window hasty = windows.get(1).with(new CallOptions().setTimeout(Duration.ofMillis(20)));
      Future<Void> late = hasty.lock(0, LockType.EXCLUSIVE);
      Future<Void> put = hasty.with(new CallOptions()).put(MessageBuffer.of(new long[1]), 0, Region.at(0));
      Future<Void> unlock = windows.get(1).unlock(0);
      assertEquals(ErrorClass.TIMEOUT, WindowRanks.failure(late).errorClass());
      assertEquals(ErrorClass.RMA_SYNC, WindowRanks.failure(put).errorClass());
      assertEquals(ErrorClass.RMA_SYNC, WindowRanks.failure(unlock).errorClass());
      Future<Void> next = windows.get(2).locked(0, LockType.EXCLUSIVE, w -> Future.succeededFuture());
      Future<Void> again = windows.get(1).locked(0, LockType.SHARED, w -> Future.succeededFuture());
      WindowRanks.get(windows.get(0).flush(0));
      assertFalse(next.isComplete() || again.isComplete());
      WindowRanks.get(windows.get(0).unlock(0));
      WindowRanks.get(next);
      WindowRanks.get(again);
      ranks.run(windows, (window, i) -> window.free());
    }
  }

  /** Cancel crosses the grant in every possible way; whatever happens, the lock is free in the end. */
  @OverLinks
  void shouldEitherGrantOrWithdraw(String link) {
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i -> options());
      int granted = 0;
      for (int k = 0; k < 200; k++) {
        CancelScope scope = new CancelScope();
        Future<Void> lock = windows.get(1).with(new CallOptions().setCancel(scope)).lock(0, LockType.EXCLUSIVE);
        for (int spin = 0; spin < k * 20; spin++) {
          Thread.onSpinWait();
        }
        scope.cancel();
        WindowRanks.get(lock.transform(settled -> Future.succeededFuture()));
        if (lock.succeeded()) {
          granted++;
          WindowRanks.get(windows.get(1).unlock(0));
        } else {
          assertEquals(ErrorClass.CANCELLED, WindowRanks.failure(lock).errorClass());
        }
        WindowRanks.get(windows.get(0).locked(0, LockType.EXCLUSIVE, w -> Future.succeededFuture()));
      }
      assertTrue(granted < 200, "the first cancel comes before the grant");
    }
  }

  @OverLinks
  void shouldPassTheLockOnWhenItsHolderDies(String link) {
    try (WindowRanks ranks = new WindowRanks(4, link)) {
      List<Window> windows = ranks.windows(i -> options());
      WindowRanks.get(windows.get(1).lock(0, LockType.EXCLUSIVE));
      Future<Void> doomed = windows.get(2).lock(0, LockType.EXCLUSIVE);
      Future<Void> next = windows.get(3).lock(0, LockType.EXCLUSIVE);
      ranks.leave(2);
      assertEquals(ErrorClass.PROC_FAILED, WindowRanks.failure(doomed).errorClass());
      assertFalse(next.isComplete());
      ranks.leave(1);
      WindowRanks.get(next);
      assertEquals(ErrorClass.PROC_FAILED, WindowRanks.failure(windows.get(1).unlock(0)).errorClass());
      WindowRanks.get(windows.get(3).unlock(0));
    }
  }

  /** The owner's handler blocks its loop until the peer is done: so the peer did not need it. */
  @OverLinks
  void shouldServePeersWhileTheOwnerBlocks(String link) throws InterruptedException {
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i -> options());
      ranks.run(windows, (window, i) -> window.fenced(w -> w.put(MessageBuffer.of(new long[] {7}), 1 - i,
          Region.at(3))));
      CountDownLatch blocked = new CountDownLatch(1);
      CountDownLatch released = new CountDownLatch(1);
      Future<Boolean> owner = ranks.on(0, (rank, i) -> {
        blocked.countDown();
        try {
          return Future.succeededFuture(released.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
          return Future.failedFuture(e);
        }
      });
      assertTrue(blocked.await(20, TimeUnit.SECONDS));
      long[] got = new long[1];
      Future<Long> peer = windows.get(1).locked(0, LockType.EXCLUSIVE, w ->
          w.get(MessageBuffer.of(got), 0, Region.at(3)).compose(done -> w.fetchAndOp(5L, 0, 3, Op.SUM)));
      assertEquals(7, WindowRanks.get(peer));
      assertEquals(7, got[0]);
      assertFalse(owner.isComplete());
      released.countDown();
      assertTrue(WindowRanks.get(owner), "the peer was done before the owner gave up");
    }
  }
}
