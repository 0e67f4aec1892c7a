package dev.vertxmpi.fileio;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

/**
 * A call under way: settles its Future once, and not before the library has let go of the caller's memory.
 *
 * <pre>
 *   under way ---> complete / fail                  by the operation
 *       '--------> withdraw(TIMEOUT, CANCELLED) ---> fail, when no worker touches the memory any more
 * </pre>
 *
 * <p>A withdrawn call still takes part in its collective operation, so that the other ranks learn of it.
 *
 * @param <T> type of the result
 */
final class FileCall<T> {

  private final Home home;
  private final Context caller;
  private final String procedure;
  private final Memory memory;
  private final Promise<T> promise = Promise.promise();
  private Runnable cleanup = () -> { };
  private MpiException withdrawn;
  /** Workers that touch the memory right now. */
  private int users;
  private boolean begun;
  private boolean settled;

  /**
   * A new call.
   *
   * @param memory kept until the call settles; null where there is none
   */
  FileCall(Home home, String procedure, Memory memory) {
    this.home = home;
    this.caller = home.caller();
    this.procedure = procedure;
    this.memory = memory;
    if (memory != null) {
      memory.retain();
    }
  }

  Future<T> future() {
    return promise.future();
  }

  String procedure() {
    return procedure;
  }

  /** Runs the call at home, after those that were made before. */
  void start(CallOptions options, Runnable action) {
    try {
      home.run(() -> {
        arm(options);
        action.run();
      });
    } catch (RejectedExecutionException e) {
      fail(new MpiException(ErrorClass.FILE, "the Vert.x of the file is closed", e));
    }
  }

  /** Arms deadline and cancel scope. */
  private void arm(CallOptions options) {
    Runnable stopTimer = () -> { };
    Duration timeout = options.getTimeout();
    if (timeout != null) {
      long timer = home.vertx().setTimer(Math.max(1, timeout.toMillis()), fired -> withdraw(
          new MpiException(ErrorClass.TIMEOUT, "not complete after " + timeout.toMillis() + " ms")));
      stopTimer = () -> home.vertx().cancelTimer(timer);
    }
    Runnable forget = options.getCancel() == null ? () -> { } : options.getCancel().onCancel(this::cancel);
    Runnable stop = stopTimer;
    boolean late;
    synchronized (this) {
      cleanup = () -> {
        stop.run();
        forget.run();
      };
      late = settled;
    }
    if (late) {
      cleanup.run();
    }
  }

  /** From here on the call has effects, so that it can no longer be cancelled. */
  synchronized void begin() {
    begun = true;
  }

  private void cancel() {
    boolean tooLate;
    synchronized (this) {
      tooLate = begun;
    }
    if (!tooLate) {
      withdraw(new MpiException(ErrorClass.CANCELLED, "cancelled by its scope"));
    }
  }

  /** Ends the call early. */
  void withdraw(MpiException why) {
    synchronized (this) {
      if (settled || withdrawn != null) {
        return;
      }
      withdrawn = why;
      if (users > 0) {
        return;
      }
    }
    fail(why);
  }

  /** Why the call ended early; null while it has not. */
  synchronized MpiException withdrawn() {
    return withdrawn;
  }

  /**
   * Touches the caller's memory. On a worker.
   *
   * @throws MpiException where the call was withdrawn
   */
  <R> R using(Callable<R> action) throws Exception {
    synchronized (this) {
      if (withdrawn != null || settled) {
        throw withdrawn != null ? withdrawn : new MpiException(ErrorClass.CANCELLED, "the call is over");
      }
      users++;
    }
    try {
      return action.call();
    } finally {
      MpiException late;
      synchronized (this) {
        users--;
        late = users == 0 ? withdrawn : null;
      }
      if (late != null) {
        fail(late);
      }
    }
  }

  void complete(T result) {
    if (settle()) {
      deliver(() -> promise.tryComplete(result));
    }
  }

  void fail(Throwable why) {
    if (settle()) {
      MpiException failure = MpiException.of(why).in(procedure);
      deliver(() -> promise.tryFail(failure));
    }
  }

  /** Where the caller's loop has ended with its Vert.x, whoever waits from outside still learns the outcome. */
  private void deliver(Runnable outcome) {
    try {
      caller.runOnContext(now -> outcome.run());
    } catch (RejectedExecutionException e) {
      outcome.run();
    }
  }

  private boolean settle() {
    Runnable last;
    synchronized (this) {
      if (settled) {
        return false;
      }
      settled = true;
      last = cleanup;
    }
    if (memory != null) {
      memory.release();
    }
    last.run();
    return true;
  }
}
