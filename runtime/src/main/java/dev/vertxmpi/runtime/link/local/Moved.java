package dev.vertxmpi.runtime.link.local;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How much a link that all threads of a JVM share has moved. A {@code LongAdder} has one line of memory until two
 * threads collide; two that send in turn never do, and hand it to each other with each message.
 *
 * <pre>
 *   | pad | frames bytes pad | frames bytes pad | ...     each stripe two lines, for threads of some ids
 * </pre>
 */
final class Moved {

  private static final int STRIPES = 16;
  /** In longs: two lines, for the machine fetches them in pairs. */
  private static final int STRIDE = 16;

  private final AtomicLongArray counts = new AtomicLongArray((STRIPES + 1) * STRIDE);

  void frame(long bytes) {
    int stripe = ((int) Thread.currentThread().threadId() & STRIPES - 1) + 1;
    counts.getAndIncrement(stripe * STRIDE);
    counts.getAndAdd(stripe * STRIDE + 1, bytes);
  }

  long frames() {
    return sum(0);
  }

  long bytes() {
    return sum(1);
  }

  private long sum(int field) {
    long sum = 0;
    for (int stripe = 1; stripe <= STRIPES; stripe++) {
      sum += counts.get(stripe * STRIDE + field);
    }
    return sum;
  }
}
