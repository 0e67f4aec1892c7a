package dev.vertxmpi.benchmarks.rank;

import io.vertx.core.Future;

/**
 * A sequence of operations, each of which begins when the one before is done. One description serves both ways of
 * waiting.
 */
interface Chain {

  /**
   * Begins the next operation.
   *
   * @return what to wait for before the next call; null where all is done
   */
  Future<?> next();
}
