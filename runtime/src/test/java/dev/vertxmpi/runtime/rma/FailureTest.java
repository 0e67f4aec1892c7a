package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {

  private static final Region START = Region.at(0);

  private static MessageBuffer data() {
    return MessageBuffer.of(new long[1]);
  }

  private static WindowOptions options() {
    return WindowOptions.allocate(MemoryKind.HOST, 64).setDisplacementUnit(8);
  }

  @OverLinks
  void shouldFailTheFenceOfAllWhereAnOperationFailed(String link) {
    try (WindowRanks ranks = new WindowRanks(3, link)) {
      List<Window> windows = ranks.windows(i -> options());
      ranks.run(windows, (window, i) -> window.fence());
      MpiException own = WindowRanks.failure(ranks.on(1, (rank, i) ->
          windows.get(1).put(data(), 2, Region.at(8))));
      assertEquals(ErrorClass.RMA_RANGE, own.errorClass());
      List<MpiException> failures = WindowRanks.failures(ranks.onEach((rank, i) -> windows.get(i).fence()));
      failures.forEach(failure -> assertEquals(ErrorClass.RMA_RANGE, failure.errorClass()));
      assertEquals("MPI_Put", failures.get(1).procedure());
      assertEquals(List.of(1), failures.get(2).ranks());
      // The next phase is open and clean.
      ranks.run(windows, (window, i) -> window.put(data(), (i + 1) % 3, START));
      ranks.run(windows, (window, i) -> window.fence());
    }
  }

  @OverLinks
  void shouldSayWhatFailedAtTheTargetWhenTheEpochCloses(String link) {
    Arena arena = Arena.ofShared();
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i ->
          i == 0 ? options() : WindowOptions.over(Memory.of(arena.allocate(64))));
      Window mine = windows.getFirst();
      WindowRanks.get(mine.lock(1, LockType.EXCLUSIVE));
      arena.close();
      // Locally complete, or not, where the refusal is faster than the link.
      WindowRanks.get(mine.put(data(), 1, START).otherwiseEmpty());
      assertEquals(ErrorClass.BUFFER, WindowRanks.failure(mine.flush(1)).errorClass());
      WindowRanks.get(mine.flush(1));
      assertEquals(ErrorClass.BUFFER, WindowRanks.failure(mine.get(data(), 1, START)).errorClass());
      assertEquals(ErrorClass.BUFFER, WindowRanks.failure(mine.fetchAndOp(1L, 1, 0, Op.SUM)).errorClass());
      assertEquals(ErrorClass.BUFFER, WindowRanks.failure(mine.unlock(1)).errorClass());
      // The lock was given back all the same.
      WindowRanks.get(windows.get(1).lock(1, LockType.EXCLUSIVE));
      WindowRanks.get(windows.get(1).unlock(1));
    }
  }

  @OverLinks
  void shouldCloseTheEpochWhereTheBodyFails(String link) {
    IllegalStateException broken = new IllegalStateException("broken");
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i -> options());
      for (int k = 0; k < 3; k++) {
        int round = k;
        Future<Void> locked = windows.get(0).locked(1, LockType.EXCLUSIVE, w -> switch (round) {
          case 0 -> throw broken;
          case 1 -> Future.failedFuture(broken);
          default -> w.put(data(), 1, Region.at(9));
        });
        Throwable cause = locked.transform(done -> Future.succeededFuture(done.cause())).await();
        assertEquals(round < 2 ? broken.getMessage() : ErrorClass.RMA_RANGE,
            round < 2 ? cause.getMessage() : ((MpiException) cause).errorClass());
        WindowRanks.get(windows.get(1).locked(1, LockType.EXCLUSIVE, w -> Future.succeededFuture()));
      }
      List<Future<Void>> fenced = ranks.onEach((rank, i) -> windows.get(i).fenced(w ->
          i == 0 ? Future.failedFuture(broken) : w.put(data(), 0, START)));
      assertEquals(broken, fenced.get(0).transform(done -> Future.succeededFuture(done.cause())).await());
      WindowRanks.get(fenced.get(1));
      assertEquals(ErrorClass.RMA_SYNC, WindowRanks.failure(windows.get(1).put(data(), 0, START)).errorClass());
    }
  }

  @OverLinks
  void shouldFailWhatNeedsADeadRank(String link) {
    try (WindowRanks ranks = new WindowRanks(4, link)) {
      List<Window> windows = ranks.windows(i -> options());
      ranks.run(windows, (window, i) -> window.fence());
      Future<Void> waiting = windows.get(0).fence();
      ranks.leave(3);
      assertEquals(ErrorClass.PROC_FAILED, WindowRanks.failure(windows.get(3).put(data(), 0, START)).errorClass());
      List<MpiException> failures = WindowRanks.failures(List.of(waiting, windows.get(1).fence(),
          windows.get(2).fence()));
      failures.forEach(failure -> assertEquals(ErrorClass.PROC_FAILED, failure.errorClass()));
      assertEquals(ErrorClass.PROC_FAILED, WindowRanks.failure(windows.get(1).put(data(), 3, START)).errorClass());
      WindowRanks.get(windows.get(1).put(data(), 2, START));
      failures = WindowRanks.failures(List.of(windows.get(0).fence(), windows.get(1).fence(),
          windows.get(2).fence()));
      failures.forEach(failure -> assertEquals(ErrorClass.PROC_FAILED, failure.errorClass()));
      WindowRanks.get(windows.get(0).lock(1, LockType.SHARED));
      WindowRanks.get(windows.get(0).unlock(1));
      assertEquals(ErrorClass.PROC_FAILED, WindowRanks.failure(windows.get(0).lock(3, LockType.SHARED)).errorClass());
      // Whoever frees first still answers those who come later.
      assertEquals(ErrorClass.PROC_FAILED, WindowRanks.failure(joined(List.of(
          windows.get(0).free(), windows.get(1).free(), windows.get(2).free()))).errorClass());
      assertEquals(ErrorClass.WIN, WindowRanks.failure(windows.get(0).fence()).errorClass());
    }
  }

  private static Future<?> joined(List<Future<Void>> futures) {
    return Future.join(futures);
  }

  @OverLinks
  void shouldNotMindThatARankLeavesAfterTheLastFence(String link) {
    for (int k = 0; k < 3; k++) {
      try (WindowRanks ranks = new WindowRanks(4, link)) {
        List<Window> windows = ranks.windows(i -> options());
        WindowRanks.await(ranks.onEach((rank, i) -> windows.get(i).fenced(w -> w.put(data(), (i + 1) % 4, START))
            .compose(done -> windows.get(i).free())
            .compose(done -> rank.node().leave(rank.id()))));
      }
    }
  }

  @OverLinks
  void shouldFailAlikeWhereOneRankHasNoMemory(String link) {
    try (WindowRanks ranks = new WindowRanks(3, link)) {
      List<MpiException> failures = WindowRanks.failures(ranks.creating(i ->
          WindowOptions.allocate(i == 1 ? MemoryKind.CUDA : MemoryKind.HOST, 64)));
      for (MpiException failure : failures) {
        assertEquals(ErrorClass.NO_MEM, failure.errorClass());
        assertEquals(List.of(1), failure.ranks());
        assertTrue(failure.reason().startsWith("rank 1: "), failure.reason());
        assertEquals(failures.getFirst().reason(), failure.reason());
      }
      failures = WindowRanks.failures(ranks.creating(i -> WindowOptions.allocate(MemoryKind.CUDA, 64)));
      failures.forEach(failure -> assertTrue(failure.reason().startsWith("ranks 0, 1, 2: "), failure.reason()));
      failures = WindowRanks.failures(ranks.creating(i -> options().setNoLocks(i == 2)));
      failures.forEach(failure -> assertEquals(ErrorClass.NOT_SAME, failure.errorClass()));
    }
  }

  @Test
  void shouldKeepDeadlinesAndCancels() {
    try (WindowRanks ranks = new WindowRanks(2, Links.first())) {
      List<Window> windows = ranks.windows(i -> options());
      Window hasty = windows.get(0).with(new CallOptions().setTimeout(Duration.ofMillis(20)));
      Future<Void> fence = hasty.fence();
      CancelScope scope = new CancelScope();
      long[] value = {5};
      Future<Void> put = windows.get(0).with(new CallOptions().setCancel(scope)).put(MessageBuffer.of(value), 1, START);
      assertEquals(ErrorClass.TIMEOUT, WindowRanks.failure(fence).errorClass());
      scope.cancel();
      assertEquals(ErrorClass.CANCELLED, WindowRanks.failure(put).errorClass());
      // The rank is in the fence all the same.
      WindowRanks.get(windows.get(1).fence());
      ranks.run(windows, (window, i) -> window.fence());
      assertEquals(0, windows.get(1).memory().segment().get(ValueLayout.JAVA_LONG, 0));
      // A cancelled scope does not keep an epoch open.
      CancelScope during = new CancelScope();
      Window cancelled = windows.get(0).with(new CallOptions().setCancel(during));
      Future<Void> locked = cancelled.locked(1, LockType.EXCLUSIVE, w -> {
        during.cancel();
        return w.put(data(), 1, START);
      });
      assertEquals(ErrorClass.CANCELLED, WindowRanks.failure(locked).errorClass());
      WindowRanks.get(windows.get(1).lock(1, LockType.EXCLUSIVE));
    }
  }
}
