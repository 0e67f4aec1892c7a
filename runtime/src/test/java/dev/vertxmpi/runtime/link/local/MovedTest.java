package dev.vertxmpi.runtime.link.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovedTest {

  private static final int THREADS = 40;
  private static final int FRAMES = 10_000;

  @Test
  void shouldCountForAllThreadsTogether() throws InterruptedException {
    Moved moved = new Moved();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.ofPlatform().start(() -> {
        for (int frame = 0; frame < FRAMES; frame++) {
          moved.frame(3);
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals((long) THREADS * FRAMES, moved.frames());
    assertEquals(3L * THREADS * FRAMES, moved.bytes());
  }
}
