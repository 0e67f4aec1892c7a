package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.Communicator;
import io.vertx.core.Future;

/** {@code barrier}: one after another. */
final class Barriers extends Repeated {

  private final Communicator world;

  Barriers(Communicator world) {
    this.world = world;
  }

  @Override
  Future<?> once() {
    return world.barrier();
  }

  @Override
  public boolean isTimed() {
    return true;
  }
}
