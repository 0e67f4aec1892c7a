package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.Communicator;
import io.vertx.core.Future;

/** {@code barrier}: one after another. */
final class Barriers implements Pattern {

  private final Communicator world;
  private long left;

  Barriers(Communicator world) {
    this.world = world;
  }

  @Override
  public void begin(long iterations) {
    left = iterations;
  }

  @Override
  public Future<?> next() {
    return left-- == 0 ? null : world.barrier();
  }

  @Override
  public boolean isTimed() {
    return true;
  }

  @Override
  public boolean receives() {
    return false;
  }
}
