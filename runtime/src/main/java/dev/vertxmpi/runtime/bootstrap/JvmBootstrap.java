package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.runtime.vertx.Turns;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Ranks of one JVM meet in an object that they share. Each goes on in a turn of its own context. Thread-safe. */
public final class JvmBootstrap implements Bootstrap {

  private final Vertx vertx;
  private final Duration deadline;
  private final Roster roster;
  private final Promise<Places> complete = Promise.promise();
  /** All go on at once, and each has a rank to open. */
  private final Turns turns = new Turns();

  /**
   * Nobody is there.
   *
   * @param vertx of the ranks
   * @param job the job
   * @param size number of ranks
   * @param deadline how long each rank waits for the others
   */
  public JvmBootstrap(Vertx vertx, UUID job, int size, Duration deadline) {
    this.vertx = vertx;
    this.deadline = deadline;
    this.roster = new Roster(job, size);
  }

  @Override
  public Future<Places> join(ProcessId me, NodeAddress address) {
    boolean last;
    synchronized (roster) {
      try {
        roster.enter(me, address);
      } catch (MpiException e) {
        return Future.failedFuture(e);
      }
      last = roster.isComplete();
    }
    Promise<Places> promise = Promise.promise();
    Context caller = vertx.getOrCreateContext();
    Runnable stopWaiting = Loops.later(caller, deadline.toMillis(), () ->
        promise.tryFail(Roster.late(missing(), deadline.toMillis())));
    complete.future().onComplete(outcome -> turns.add(caller, () -> {
      stopWaiting.run();
      if (outcome.succeeded()) {
        promise.tryComplete(outcome.result());
      } else {
        promise.tryFail(outcome.cause());
      }
    }));
    if (last) {
      complete.tryComplete(roster.places());
    }
    return promise.future();
  }

  private List<Integer> missing() {
    synchronized (roster) {
      return roster.missing();
    }
  }

  /**
   * A rank ends. Where it has not joined, the others wait in vain and are told so.
   *
   * @param rank that ends
   */
  public void ended(int rank) {
    boolean missed;
    synchronized (roster) {
      missed = roster.isMissing(rank);
    }
    if (missed) {
      complete.tryFail(new MpiException(ErrorClass.PROC_FAILED, "rank " + rank + " ended before it had joined"));
    }
  }

  /** The job is given up: who waits for others is told so. */
  public void abandon() {
    complete.tryFail(new MpiException(ErrorClass.PROC_FAILED, "the job was given up"));
  }
}
