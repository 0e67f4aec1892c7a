package dev.vertxmpi;

import java.util.ArrayList;
import java.util.List;

/**
 * Cancels a set of calls at once.
 *
 * <p>Pass it with {@link CallOptions#setCancel}. Of each call exactly one holds: it completed, or it was cancelled and
 * had no effect ({@link ErrorClass#CANCELLED}). Thread-safe.
 */
@MpiProcedure("MPI_Cancel")
public final class CancelScope {

  private List<Runnable> actions = new ArrayList<>();

  /** A scope without calls yet. */
  public CancelScope() {
  }

  /** Asks all calls of this scope to stop, those yet to come included. Does nothing the second time. */
  public void cancel() {
    List<Runnable> toRun;
    synchronized (this) {
      toRun = actions;
      actions = null;
    }
    if (toRun != null) {
      toRun.forEach(Runnable::run);
    }
  }

  /**
   * Whether {@link #cancel()} was called.
   *
   * @return true from then on
   */
  public synchronized boolean isCancelled() {
    return actions == null;
  }

  /**
   * For the library: runs an action on cancel, at once where that has happened already.
   *
   * @param action must not block
   * @return forgets the action
   */
  public Runnable onCancel(Runnable action) {
    synchronized (this) {
      if (actions != null) {
        actions.add(action);
        return () -> forget(action);
      }
    }
    action.run();
    return () -> { };
  }

  private synchronized void forget(Runnable action) {
    if (actions != null) {
      actions.remove(action);
    }
  }
}
