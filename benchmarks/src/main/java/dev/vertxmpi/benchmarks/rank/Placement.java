package dev.vertxmpi.benchmarks.rank;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far apart the cores are: two threads pass a cache line to and fro. The cores of a virtual machine may be
 * neighbours or not, and that may change while it runs; figures are comparable only where this one is.
 */
final class Placement {

  private static final int WARM_UP = 50_000;
  private static final int ROUNDS = 100_000;
  private static final long LIMIT_NANOS = 200_000_000;
  private static final int SPINS_PER_LOOK = 4096;

  private final AtomicLong line = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private long limit;

  private Placement() {
  }

  /** Nanoseconds for one way; NaN where the two threads did not get to run at the same time. */
  static double measure() {
    return new Placement().run();
  }

  private double run() {
    Thread other = Thread.ofPlatform().daemon().name("bench-placement").start(this::answer);
    limit = System.nanoTime() + LIMIT_NANOS;
    double each = Double.NaN;
    if (pass(0, WARM_UP)) {
      long start = System.nanoTime();
      each = pass(WARM_UP, WARM_UP + ROUNDS) ? (System.nanoTime() - start) / 2.0 / ROUNDS : Double.NaN;
    }
    over.set(true);
    try {
      other.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return each;
  }

  private boolean pass(int from, int to) {
    for (long i = from; i < to; i++) {
      line.set(2 * i + 1);
      int spins = 0;
      while (line.get() != 2 * i + 2) {
        if (++spins % SPINS_PER_LOOK == 0 && System.nanoTime() > limit) {
          return false;
        }
      }
    }
    return true;
  }

  private void answer() {
    while (!over.get()) {
      long seen = line.get();
      if ((seen & 1) == 1) {
        line.set(seen + 1);
      }
    }
  }
}
