package dev.vertxmpi.runtime.progress;

import java.util.concurrent.Executor;

/**
 * The loop that the domains of some ranks share.
 *
 * <p>{@link #execute} takes tasks of any thread and runs them in the order of the calls, each from the top of the loop.
 */
public interface ProgressLoop extends Executor {

  /**
   * Whether the caller is on the loop's thread.
   *
   * @return true there
   */
  boolean isHere();

  /**
   * Whether tasks wait that came before what the caller is about to do. On the loop.
   *
   * @return false where none does
   */
  boolean hasTasks();

  /**
   * Whether the loop looks by itself, and waits a while for more before it sleeps.
   *
   * @return false also while that does not pay
   */
  default boolean spins() {
    return false;
  }

  /**
   * Looks at something between events. On the loop, where it {@link #spins}.
   *
   * @param pollable for a short while
   */
  default void watch(Pollable pollable) {
    throw new IllegalStateException("this loop does not spin");
  }

  /**
   * Looks at it no more. On the loop.
   *
   * @param pollable may be one that is not watched
   */
  default void unwatch(Pollable pollable) {
  }

  /**
   * Runs something when the caller has returned to the loop. On the loop.
   *
   * @param turn runs soon
   */
  void soon(Runnable turn);
}
