package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Departure;
import dev.vertxmpi.runtime.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Notices the death of ranks to which nobody has a link.
 *
 * <pre>
 *   0 --> 1 --> 2 --> 3 --> 0      each attends the next one that lives, from a second after the start on
 *         1 dies: 0 tells all by the grapevine; whoever hears it looks for itself, and 0 attends 2
 * </pre>
 *
 * <p>Nobody believes such a message: hearing it makes a link, which fails where the process is dead.
 *
 * <p>Most ranks end in order, and all at once. So of who said goodbye the others are told a moment later, by who is
 * still there then: a job that ends together sends no such message, nor does one come to a rank that is about to end.
 */
public final class DeathWatch {

  private static final long AFTER_GOODBYE_MILLIS = 500;
  /** A job that is over by then makes no links for this. */
  private static final long AFTER_START_MILLIS = 1000;

  private final Vertx vertx;
  private final Node node;
  private final Group group;
  private final int rank;
  private final Grapevine grapevine;
  private Supplier<Future<Void>> stopHearing = Future::succeededFuture;
  private Runnable stopWatching = () -> { };
  private final Set<Long> timers = new HashSet<>();
  private ProcessId attended;
  private boolean stopped;

  private DeathWatch(Vertx vertx, Grapevine grapevine, Node node, Group group, int rank) {
    this.vertx = vertx;
    this.grapevine = grapevine;
    this.node = node;
    this.group = group;
    this.rank = rank;
  }

  /**
   * Begins, with the event bus as the grapevine.
   *
   * @param vertx clustered
   * @param node of this rank
   * @param group all ranks of the job
   * @param rank of this process
   * @return settles when messages are heard
   */
  public static Future<DeathWatch> begin(Vertx vertx, Node node, Group group, int rank) {
    return begin(vertx, Grapevine.over(vertx, group.get(rank).job()), node, group, rank);
  }

  /**
   * Begins.
   *
   * @param vertx for timers
   * @param grapevine by which ranks tell each other
   * @param node of this rank
   * @param group all ranks of the job
   * @param rank of this process
   * @return settles when messages are heard
   */
  public static Future<DeathWatch> begin(Vertx vertx, Grapevine grapevine, Node node, Group group, int rank) {
    DeathWatch watch = new DeathWatch(vertx, grapevine, node, group, rank);
    return grapevine.hear(watch::heard).map(stopHearing -> {
      watch.stopHearing = stopHearing;
      watch.stopWatching = node.watch(watch::departed);
      watch.later(AFTER_START_MILLIS, watch::attendNext);
      return watch;
    });
  }

  private void departed(Departure departure) {
    synchronized (this) {
      if (stopped || !departure.process().equals(attended)) {
        return;
      }
    }
    if (departure.inOrder()) {
      later(AFTER_GOODBYE_MILLIS, () -> tell(departure.process()));
    } else {
      tell(departure.process());
    }
    attendNext();
  }

  private void tell(ProcessId gone) {
    grapevine.tell(gone.toString());
  }

  private synchronized void later(long millis, Runnable action) {
    timers.add(vertx.setTimer(millis, timer -> {
      synchronized (this) {
        timers.remove(timer);
        if (stopped) {
          return;
        }
      }
      action.run();
    }));
  }

  private void attendNext() {
    ProcessId next = null;
    synchronized (this) {
      for (int step = 1; step < group.size() && next == null && !stopped; step++) {
        ProcessId candidate = group.get((rank + step) % group.size());
        if (!node.isGone(candidate)) {
          next = candidate;
        }
      }
      attended = next;
    }
    if (next != null) {
      node.attend(next);
      if (node.isGone(next)) {
        departed(new Departure(next, ""));
      }
    }
  }

  private void heard(Object message) {
    try {
      if (message instanceof String text) {
        node.attend(ProcessId.parse(text));
      }
    } catch (IllegalArgumentException e) {
      // Not from one of us: a message that nobody believes may as well be nonsense.
      return;
    }
  }

  /**
   * Ends.
   *
   * @return settles when nothing is left open
   */
  public Future<Void> stop() {
    synchronized (this) {
      stopped = true;
      timers.forEach(vertx::cancelTimer);
    }
    stopWatching.run();
    return stopHearing.get();
  }
}
