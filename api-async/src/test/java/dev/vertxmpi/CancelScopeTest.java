package dev.vertxmpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancelScopeTest {

  private final CancelScope scope = new CancelScope();
  private final List<String> ran = new ArrayList<>();

  @Test
  void shouldRunEachActionOnce() {
    scope.onCancel(() -> ran.add("a"));
    scope.onCancel(() -> ran.add("b"));
    assertFalse(scope.isCancelled());
    scope.cancel();
    scope.cancel();
    assertTrue(scope.isCancelled());
    assertEquals(List.of("a", "b"), ran);
  }

  @Test
  void shouldRunAtOnceWhereItIsCancelledAlready() {
    scope.cancel();
    scope.onCancel(() -> ran.add("late")).run();
    assertEquals(List.of("late"), ran);
  }

  @Test
  void shouldForgetWhatHasCompleted() {
    Runnable forget = scope.onCancel(() -> ran.add("done"));
    scope.onCancel(() -> ran.add("open"));
    forget.run();
    forget.run();
    scope.cancel();
    forget.run();
    assertEquals(List.of("open"), ran);
  }

  @Test
  void shouldLetActionsUseTheScope() {
    scope.onCancel(() -> scope.onCancel(() -> ran.add("inner")));
    scope.cancel();
    assertEquals(List.of("inner"), ran);
  }

  @Test
  void shouldRunOnceWhicheverComesFirst() throws Exception {
    for (int round = 0; round < 500; round++) {
      CancelScope raced = new CancelScope();
      AtomicInteger runs = new AtomicInteger();
      CountDownLatch start = new CountDownLatch(1);
      Thread canceller = Thread.ofPlatform().start(() -> {
        try {
          start.await();
        } catch (InterruptedException e) {
          return;
        }
        raced.cancel();
      });
      start.countDown();
      raced.onCancel(runs::incrementAndGet);
      canceller.join();
      assertEquals(1, runs.get());
    }
  }
}
