package dev.vertxmpi.runtime.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ErrandQueueTest {

  private static final int THREADS = 4;
  private static final int EACH = 100_000;

  private final ErrandQueue queue = new ErrandQueue();

  private static final class Numbered extends Errand {
    private final int thread;
    private final int number;

    Numbered(int thread, int number) {
      this.thread = thread;
      this.number = number;
    }

    @Override
    public void run() {
    }
  }

  @Test
  void shouldGiveWhatWasHandedOverInOrder() {
    assertNull(queue.poll());
    assertTrue(queue.isEmpty());
    assertFalse(queue.hasNext());
    Errand first = new Numbered(0, 0);
    Errand second = new Numbered(0, 1);
    queue.add(first);
    queue.add(second);
    assertFalse(queue.isEmpty());
    assertTrue(queue.hasNext());
    assertSame(first, queue.poll());
    assertSame(second, queue.poll());
    assertNull(queue.poll());
    assertTrue(queue.isEmpty());
    assertFalse(queue.hasNext());
  }

  @Test
  @Timeout(60)
  void shouldKeepTheOrderOfEachThread() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads.add(Thread.ofPlatform().start(() -> {
        for (int number = 0; number < EACH; number++) {
          queue.add(new Numbered(thread, number));
        }
      }));
    }
    int[] next = new int[THREADS];
    int taken = 0;
    while (taken < THREADS * EACH) {
      if (queue.poll() instanceof Numbered errand) {
        assertEquals(next[errand.thread]++, errand.number);
        taken++;
      } else {
        Thread.onSpinWait();
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(queue.isEmpty());
  }

  @Test
  @Timeout(60)
  void shouldKeepNothingButTheLastThatWasTaken() {
    List<WeakReference<Errand>> old = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Errand errand = new Numbered(0, i);
      old.add(new WeakReference<>(errand));
      queue.add(errand);
    }
    queue.poll();
    queue.poll();
    queue.poll();
    while (old.get(0).get() != null || old.get(1).get() != null) {
      System.gc();
    }
    assertTrue(queue.isEmpty());
  }
}
