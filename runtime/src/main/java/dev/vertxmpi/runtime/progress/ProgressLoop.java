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
   * Runs something when the caller has returned to the loop. On the loop.
   *
   * @param turn runs soon
   */
  void soon(Runnable turn);
}
