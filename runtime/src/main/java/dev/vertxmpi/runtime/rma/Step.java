package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.MpiException;

/** What waits its turn in a {@link Lane}. */
interface Step {

  /**
   * Goes as far as it can.
   *
   * @return whether the lane may go on to the next step
   */
  boolean advance();

  /**
   * The target is gone.
   *
   * @param why becomes the failure of its call
   */
  void abort(MpiException why);
}
