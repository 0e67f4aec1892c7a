package dev.vertxmpi.runtime.link;

import dev.vertxmpi.runtime.progress.Pollable;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Chooses the one rank whose loop polls for an endpoint: the first whose loop can, and when it goes the next.
 *
 * <pre>
 *   add --> candidates, in the order of coming --> chosen   polls until it goes
 *      '--> (its loop cannot poll: it never becomes one)
 * </pre>
 *
 * <p>Its lock is the object itself; subclasses guard with it what has to fit the choice.
 *
 * @param <P> what looks at things from the loop that is chosen
 */
public abstract class ChosenLoop<P extends Pollable> {

  /** How often each rank was added. */
  private final Map<Context, Integer> candidates = new LinkedHashMap<>();
  private Context chosen;
  private Runnable stop;
  private volatile P poller;

  /** Nobody polls. */
  protected ChosenLoop() {
  }

  /**
   * What a loop shall poll once it is chosen.
   *
   * @return a new one
   */
  protected abstract P newPoller();

  /** A rank was chosen: its loop polls. With the lock held. */
  protected abstract void begun();

  /**
   * The chosen rank goes: its loop has been told to poll no more, and the next is not chosen yet. With the lock held.
   *
   * @param left it
   */
  protected abstract void ended(Context left);

  /**
   * What polls now. From any thread.
   *
   * @return null where nothing does
   */
  public final P poller() {
    return poller;
  }

  /**
   * The rank whose loop polls. With the lock held.
   *
   * @return null where none does
   */
  protected final Context chosen() {
    return chosen;
  }

  /**
   * A rank progresses on a loop.
   *
   * @param rank its context
   * @return undoes it
   */
  public final synchronized Runnable add(Context rank) {
    if (!Loops.canPoll(rank)) {
      return () -> { };
    }
    candidates.merge(rank, 1, Integer::sum);
    choose();
    return () -> remove(rank);
  }

  private synchronized void remove(Context rank) {
    candidates.computeIfPresent(rank, (same, times) -> times > 1 ? times - 1 : null);
    if (rank.equals(chosen) && !candidates.containsKey(rank)) {
      stop();
      ended(rank);
      choose();
    }
  }

  private void choose() {
    Iterator<Context> next = candidates.keySet().iterator();
    while (chosen == null && next.hasNext()) {
      Context rank = next.next();
      P made = newPoller();
      Loops.poll(rank, made).ifPresent(undo -> {
        chosen = rank;
        stop = undo;
        poller = made;
        begun();
      });
    }
  }

  /** Nobody polls any more. */
  protected final synchronized void stopPolling() {
    candidates.clear();
    if (chosen != null) {
      stop();
    }
  }

  private void stop() {
    poller = null;
    chosen = null;
    stop.run();
  }
}
