package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.FenceAssert;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MisuseTest {

  private static final Region START = Region.at(0);

  private WindowRanks ranks;
  private List<Window> windows;
  private Window mine;

  @BeforeEach
  void open() {
    ranks = new WindowRanks(2, Links.first());
    windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 64).setDisplacementUnit(8));
    mine = windows.getFirst();
  }

  @AfterEach
  void close() {
    ranks.close();
  }

  private static MessageBuffer data() {
    return MessageBuffer.of(new long[1]);
  }

  private static void expect(ErrorClass expected, Future<?> call) {
    assertEquals(expected, WindowRanks.failure(call).errorClass());
  }

  private void all(Function<Window, Future<?>> body) {
    ranks.run(windows, (window, i) -> body.apply(window));
  }

  @Test
  void shouldRefuseOperationsOutsideAnEpoch() {
    expect(ErrorClass.RMA_SYNC, mine.put(data(), 1, START));
    expect(ErrorClass.RMA_SYNC, mine.get(data(), 1, START));
    expect(ErrorClass.RMA_SYNC, mine.accumulate(data(), 1, START, Op.SUM));
    expect(ErrorClass.RMA_SYNC, mine.fetchAndOp(1L, 1, 0, Op.SUM));
    expect(ErrorClass.RMA_SYNC, mine.flush(1));
    all(Window::fence);
    WindowRanks.get(mine.put(data(), 1, START));
    all(window -> window.fence(Set.of(FenceAssert.NOSUCCEED)));
    expect(ErrorClass.RMA_SYNC, mine.put(data(), 1, START));
    assertEquals("MPI_Put", WindowRanks.failure(mine.put(data(), 1, START)).procedure());
  }

  @Test
  void shouldRefuseAnOperationOnATargetThatIsNotLocked() {
    WindowRanks.get(mine.lock(1, LockType.SHARED));
    expect(ErrorClass.RMA_SYNC, mine.put(data(), 0, START));
    WindowRanks.get(mine.unlock(1));
    expect(ErrorClass.RMA_SYNC, mine.put(data(), 1, START));
  }

  @Test
  void shouldRefuseToLockTwiceAndToUnlockWhatIsNotLocked() {
    expect(ErrorClass.RMA_SYNC, mine.unlock(1));
    WindowRanks.get(mine.lock(1, LockType.SHARED));
    expect(ErrorClass.RMA_SYNC, mine.lock(1, LockType.SHARED));
    WindowRanks.get(mine.unlock(1));
    expect(ErrorClass.RMA_SYNC, mine.unlock(1));
    WindowRanks.get(mine.lock(1, LockType.EXCLUSIVE));
    WindowRanks.get(mine.unlock(1));
  }

  @Test
  void shouldRefuseToMixFenceAndLock() {
    WindowRanks.get(mine.lock(1, LockType.EXCLUSIVE));
    List<MpiException> failures = WindowRanks.failures(ranks.onEach((rank, i) -> windows.get(i).fence()));
    failures.forEach(failure -> assertEquals(ErrorClass.RMA_SYNC, failure.errorClass()));
    assertEquals(List.of(0), failures.get(1).ranks());
    WindowRanks.get(mine.put(data(), 1, START));
    WindowRanks.get(mine.unlock(1));
    all(Window::fence);
    WindowRanks.get(mine.put(data(), 1, START));
    expect(ErrorClass.RMA_SYNC, mine.lock(1, LockType.SHARED));
    all(Window::fence);
    WindowRanks.get(mine.lock(1, LockType.SHARED));
    WindowRanks.get(mine.unlock(1));
    expect(ErrorClass.RMA_SYNC, mine.put(data(), 1, START));
  }

  @Test
  void shouldRefuseToFreeInsideAnEpoch() {
    WindowRanks.get(mine.lock(1, LockType.SHARED));
    WindowRanks.failures(ranks.onEach((rank, i) -> windows.get(i).free()))
        .forEach(failure -> assertEquals(ErrorClass.RMA_SYNC, failure.errorClass()));
    WindowRanks.get(mine.unlock(1));
    all(Window::fence);
    WindowRanks.get(mine.put(data(), 1, START));
    WindowRanks.failures(ranks.onEach((rank, i) -> windows.get(i).free()))
        .forEach(failure -> assertEquals(ErrorClass.RMA_SYNC, failure.errorClass()));
    all(Window::fence);
    all(Window::free);
    expect(ErrorClass.WIN, mine.fence());
    expect(ErrorClass.WIN, mine.put(data(), 1, START));
    expect(ErrorClass.BUFFER, Future.future(promise -> mine.memory().segment()));
  }

  @Test
  void shouldRefuseLocksWhereNoneWerePromised() {
    List<Window> lockless = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 8).setNoLocks(true));
    expect(ErrorClass.RMA_SYNC, lockless.getFirst().lock(0, LockType.SHARED));
    ranks.run(lockless, (window, i) -> window.fenced(w -> w.put(data(), 1 - i, START)));
  }

  @Test
  void shouldRefuseAFalseAssertion() {
    all(Window::fence);
    WindowRanks.get(mine.put(data(), 1, START));
    List<MpiException> failures = WindowRanks.failures(ranks.onEach((rank, i) ->
        windows.get(i).fence(Set.of(FenceAssert.NOPRECEDE))));
    failures.forEach(failure -> assertEquals(ErrorClass.ASSERT, failure.errorClass()));
    all(Window::fence);
  }

  @Test
  void shouldNameBothCallsWhereSomeFenceAndSomeFree() {
    List<MpiException> failures = WindowRanks.failures(ranks.onEach((rank, i) ->
        i == 0 ? windows.get(i).fence() : windows.get(i).free()));
    for (MpiException failure : failures) {
      assertEquals(ErrorClass.COLLECTIVE_MISMATCH, failure.errorClass());
      assertTrue(failure.reason().contains("MPI_Win_fence") && failure.reason().contains("MPI_Win_free"));
    }
    all(Window::fence);
    all(Window::free);
  }

  @Test
  void shouldRefuseWhatLeavesTheWindow() {
    WindowRanks.get(mine.lock(1, LockType.SHARED));
    long most = Long.MAX_VALUE;
    expect(ErrorClass.RMA_RANGE, mine.put(data(), 1, Region.at(8)));
    expect(ErrorClass.RMA_RANGE, mine.get(data(), 1, Region.at(most)));
    expect(ErrorClass.RMA_RANGE, mine.accumulate(data(), 1, Region.at(most / 8), Op.SUM));
    expect(ErrorClass.RMA_RANGE, mine.fetchAndOp(1L, 1, 8, Op.SUM));
    expect(ErrorClass.RMA_RANGE, mine.fetchAndOp(1L, 1, most, Op.SUM));
    expect(ErrorClass.DISP, mine.put(data(), 1, Region.at(-1)));
    expect(ErrorClass.DISP, mine.fetchAndOp(1L, 1, -1, Op.SUM));
    expect(ErrorClass.RMA_RANGE, mine.put(data(), 1, Region.at(0, 1,
        Datatype.hindexed(new long[] {1}, new long[] {-8}, Datatype.LONG))));
    expect(ErrorClass.RMA_RANGE, mine.put(data(), 1, Region.at(1, 1,
        Datatype.hindexed(new long[] {1}, new long[] {Long.MAX_VALUE - 8}, Datatype.LONG))));
    expect(ErrorClass.RMA_RANGE, mine.put(MessageBuffer.of(new long[2]), 1, Region.at(1, 2,
        Datatype.resized(Datatype.LONG, 0, Long.MAX_VALUE))));
    expect(ErrorClass.RANK, mine.put(data(), 2, START));
    expect(ErrorClass.RANK, mine.lock(-1, LockType.SHARED));
    WindowRanks.get(mine.put(data(), 1, Region.at(7)));
    expect(ErrorClass.RMA_RANGE, mine.unlock(1));
  }
}
