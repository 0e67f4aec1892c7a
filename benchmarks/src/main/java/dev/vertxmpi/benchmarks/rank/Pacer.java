package dev.vertxmpi.benchmarks.rank;

/**
 * Decides at rank 0 how many iterations come next. The programs for the peers do the same.
 *
 * <pre>
 *   1, then at most 4 times as many, at most 50 ms long    until the time for warming up is over
 *   as many as fill the time to measure, at least 3        once: the result
 *   0                                                      the end
 * </pre>
 */
final class Pacer {

  private static final double LONGEST_ROUND = 50e6;
  private static final long LEAST = 3;
  private static final int GROWTH = 4;

  private final long warmUpNanos;
  private final long measureNanos;
  private long iterations;
  private long spent;
  private double each;
  private boolean measured;

  Pacer(long warmUpNanos, long measureNanos) {
    this.warmUpNanos = warmUpNanos;
    this.measureNanos = measureNanos;
  }

  /** The next number of iterations; 0 where the last ones were measured. */
  long next() {
    if (measured) {
      return 0;
    }
    if (iterations == 0) {
      iterations = 1;
    } else if (spent < warmUpNanos) {
      iterations = Math.clamp((long) (LONGEST_ROUND / each), 1, GROWTH * iterations);
    } else {
      measured = true;
      iterations = Math.max(LEAST, (long) (measureNanos / each));
    }
    return iterations;
  }

  /** Tells what the last ones took. */
  void took(long nanos) {
    spent += nanos;
    each = Math.max(1, (double) nanos / iterations);
  }
}
