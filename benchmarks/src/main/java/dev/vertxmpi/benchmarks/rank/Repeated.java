package dev.vertxmpi.benchmarks.rank;

import io.vertx.core.Future;

/** The same, one after another, without data whose arrival counts. */
abstract class Repeated implements Pattern {

  private long left;

  @Override
  public void begin(long iterations) {
    left = iterations;
  }

  @Override
  public final Future<?> next() {
    return left-- == 0 ? null : once();
  }

  /** One iteration. */
  abstract Future<?> once();

  @Override
  public final boolean receives() {
    return false;
  }
}
