package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.MpiException;

/** What to do when a transfer is over: once, in the domain. */
@FunctionalInterface
public interface Ending {

  /**
   * The library has let go of the memory.
   *
   * @param failure null after success
   */
  void ended(MpiException failure);
}
