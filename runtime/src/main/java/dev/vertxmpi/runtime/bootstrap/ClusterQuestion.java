package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

/** A rank's question where the job's cluster is. Who asks while an answer is on its way gets the same. Thread-safe. */
final class ClusterQuestion {

  // Guarded by this.
  private Promise<LauncherRoster.Place> asked;
  private boolean closed;

  /**
   * Asks, unless that was done.
   *
   * @param line says it to the launcher
   */
  Future<LauncherRoster.Place> ask(Runnable line) {
    Promise<LauncherRoster.Place> mine;
    boolean first;
    synchronized (this) {
      if (closed) {
        return Future.failedFuture(new MpiException(ErrorClass.SERVICE,
            "the job's cluster can be joined only while this rank has its launcher"));
      }
      first = asked == null;
      asked = first ? Promise.promise() : asked;
      mine = asked;
    }
    if (first) {
      line.run();
    }
    return mine.future();
  }

  /** The launcher has said something; hostile until read. */
  void take(JsonObject said) {
    Promise<LauncherRoster.Place> answered = answered(false);
    if (said.getValue("name") instanceof String name && said.getValue("member") instanceof String member) {
      answered.tryComplete(new LauncherRoster.Place(name, member));
    } else {
      answered.tryFail(new MpiException(ErrorClass.SERVICE, "the launcher cannot begin the job's cluster: "
          + said.getValue("error")));
    }
  }

  /** Nothing more can be asked. */
  void fail(MpiException why) {
    answered(true).tryFail(why);
  }

  private synchronized Promise<LauncherRoster.Place> answered(boolean last) {
    Promise<LauncherRoster.Place> answered = asked == null ? Promise.promise() : asked;
    asked = null;
    closed |= last;
    return answered;
  }
}
