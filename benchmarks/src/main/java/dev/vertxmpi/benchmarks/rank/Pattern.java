package dev.vertxmpi.benchmarks.rank;

import io.vertx.core.Future;

/** What one rank does in a benchmark. */
interface Pattern extends Chain {

  /**
   * Makes ready for a number of iterations.
   *
   * @param iterations at least 1
   */
  void begin(long iterations);

  /**
   * Whether the time that this rank takes counts.
   *
   * @return false for ranks that only answer
   */
  boolean isTimed();

  /**
   * Whether this rank's buffer for incoming messages must hold a message at the end.
   *
   * @return false for ranks that receive no data
   */
  boolean receives();

  /**
   * What counts of the time that the iterations took.
   *
   * @param whole nanoseconds from the first to the last
   * @return the same, where all of it counts
   */
  default long counted(long whole) {
    return whole;
  }

  /**
   * Gives back what the pattern has opened.
   *
   * @return settles when nothing is left
   */
  default Future<?> end() {
    return Future.succeededFuture();
  }
}
