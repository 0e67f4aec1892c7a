package dev.vertxmpi.fuzz;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a fuzzer on a thread of its own, so that the test can tell that an input hangs. */
final class Worker {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Looks in a row that see no new input. One takes microseconds. */
  private static final int PATIENCE = 60;

  private final AtomicLong number;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread;

  /** A task that counts its inputs in {@code number}. */
  Worker(String name, AtomicLong number, Runnable task) {
    this.number = number;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(task);
    thread.setUncaughtExceptionHandler((here, thrown) -> failure.set(thrown));
  }

  /** Waits for the end, as long as inputs come; throws what the task throws. */
  void run() throws InterruptedException {
    thread.start();
    long before = -1;
    for (int looks = 0; !thread.join(LOOK); looks++) {
      long now = number.get();
      if (now != before) {
        before = now;
        looks = 0;
      } else if (looks >= PATIENCE) {
        AssertionError hangs = new AssertionError(thread.getName() + ": input " + now + " hangs");
        hangs.setStackTrace(thread.getStackTrace());
        throw hangs;
      }
    }
    switch (failure.get()) {
      case null -> { }
      case Error error -> throw error;
      case Throwable other -> throw new AssertionError(other);
    }
  }
}
