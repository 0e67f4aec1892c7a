package dev.vertxmpi.runtime.node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Who is gone, in the order of going, and who reads that. Each follower reads at its own pace, on its own executor; one
 * that has not read yet what is there is told nothing more. So when all of a large job go at once, each departure costs
 * one entry, not a task for every rank.
 *
 * <p>A follower reads no further than it was told: a departure must not overtake the last messages of who is gone,
 * which stand in the queue of its executor behind the task that reads.
 *
 * <pre>
 *   before the oldest --> oldest --> ... --> ... --> newest --> (next)
 *                          forgotten         ^         ^
 *                          in this order     |         '-- follower that has read all: is told of the next
 *                                            '------------ follower that was told, and reads on
 * </pre>
 */
final class DepartureLog {

  private static final Logger LOG = Logger.getLogger(DepartureLog.class.getName());

  private static final class Entry {
    private final Departure departure;
    private Entry next;

    Entry(Departure departure) {
      this.departure = departure;
    }
  }

  private final class Follower {
    private final Executor executor;
    private final Consumer<Departure> reader;
    private Entry last;
    /** What was there when it was told: what this process sent it before came before that, what is newer may not. */
    private Entry limit;
    private volatile boolean stopped;

    Follower(Executor executor, Consumer<Departure> reader, Entry last) {
      this.executor = executor;
      this.reader = reader;
      this.last = last;
    }

    void tell() {
      try {
        executor.execute(this::read);
      } catch (RejectedExecutionException e) {
        // Its loop has ended, and with it whatever wanted to know.
        stop(this);
      }
    }

    private void read() {
      while (!stopped) {
        Departure next = next(this);
        if (next == null) {
          return;
        }
        try {
          reader.accept(next);
        } catch (RuntimeException e) {
          LOG.log(Level.SEVERE, "a departure could not be dealt with: this is a fault of the library", e);
        }
      }
    }
  }

  private Entry beforeOldest = new Entry(null);
  private Entry newest = beforeOldest;
  private Set<Follower> upToDate = new LinkedHashSet<>();
  private int size;
  private int followers;

  /** Adds one. What is returned tells those who wait for it: to be run where no lock is held. */
  synchronized Runnable add(Departure departure) {
    newest.next = new Entry(departure);
    newest = newest.next;
    size++;
    Set<Follower> told = upToDate;
    upToDate = new LinkedHashSet<>();
    told.forEach(follower -> follower.limit = newest);
    return () -> told.forEach(Follower::tell);
  }

  synchronized int size() {
    return size;
  }

  /** Forgets the oldest. Who has not read it yet still does. */
  synchronized Departure removeOldest() {
    beforeOldest = beforeOldest.next;
    size--;
    return beforeOldest.departure;
  }

  /** All that are not forgotten. */
  synchronized List<Departure> all() {
    List<Departure> all = new ArrayList<>(size);
    for (Entry entry = beforeOldest.next; entry != null; entry = entry.next) {
      all.add(entry.departure);
    }
    return all;
  }

  /** Hears of all that are not forgotten, and of those to come; undone by what is returned. */
  Runnable follow(Executor executor, Consumer<Departure> reader) {
    Follower follower;
    boolean behind;
    synchronized (this) {
      follower = new Follower(executor, reader, beforeOldest);
      followers++;
      behind = size > 0;
      follower.limit = newest;
      if (!behind) {
        upToDate.add(follower);
      }
    }
    if (behind) {
      follower.tell();
    }
    return () -> stop(follower);
  }

  private synchronized void stop(Follower follower) {
    if (!follower.stopped) {
      follower.stopped = true;
      followers--;
      upToDate.remove(follower);
    }
  }

  synchronized int followers() {
    return followers;
  }

  /** What a follower reads next; null where it has to be told again before it reads on. */
  private Departure next(Follower follower) {
    synchronized (this) {
      if (!isAtLimit(follower)) {
        follower.last = follower.last.next;
        return follower.last.departure;
      }
      if (follower.last.next == null) {
        if (!follower.stopped) {
          upToDate.add(follower);
        }
        return null;
      }
      follower.limit = newest;
    }
    follower.tell();
    return null;
  }

  @SuppressWarnings("ReferenceEquality") // An entry is only ever itself.
  private static boolean isAtLimit(Follower follower) {
    return follower.last == follower.limit;
  }
}
