package dev.vertxmpi.runtime.call;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * An operation under way: settles its Future exactly once, whatever happens first.
 *
 * <pre>
 *   begin ---> under way ---> complete / fail            by the operation itself
 *                  |--------> withdraw(TIMEOUT)          its deadline
 *                  |--------> withdraw(CANCELLED)        its cancel scope
 *                  '--------> withdraw(why)              close, revoke, death of a peer
 * </pre>
 *
 * <p>Withdrawing asks the operation to let go of its buffers first; it then calls {@link #fail}, or completes where it
 * was faster. All methods but {@link #future()} belong to the domain.
 *
 * @param <T> type of the result
 */
public final class Call<T> {

  private final Calls calls;
  private final String procedure;
  private final Promise<T> promise;
  private Consumer<MpiException> withdrawal = this::fail;
  private Runnable cleanup = () -> { };
  private boolean settled;

  Call(Calls calls, String procedure, Context caller) {
    this.calls = calls;
    this.procedure = procedure;
    this.promise = Loops.promise(caller);
  }

  /** Arms deadline and cancel scope. */
  void arm(CallOptions options, Duration defaultTimeout) {
    ProgressDomain domain = calls.domain();
    Duration timeout = options.getTimeout() != null ? options.getTimeout() : defaultTimeout;
    Runnable stopTimer = () -> { };
    if (timeout != null) {
      long timer = calls.vertx().setTimer(Math.max(1, timeout.toMillis()), fired -> domain.execute(() ->
          withdraw(new MpiException(ErrorClass.TIMEOUT, "not complete after " + timeout.toMillis() + " ms"))));
      stopTimer = () -> calls.vertx().cancelTimer(timer);
    }
    Runnable forget = options.getCancel() == null ? () -> { } : options.getCancel().onCancel(() ->
        domain.execute(() -> withdraw(new MpiException(ErrorClass.CANCELLED, "cancelled by its scope"))));
    Runnable timerStop = stopTimer;
    cleanup = () -> {
      timerStop.run();
      forget.run();
    };
    if (settled) {
      cleanup.run();
    }
  }

  /**
   * What the user gets.
   *
   * @return settles on the caller's context
   */
  public Future<T> future() {
    return promise.future();
  }

  /**
   * The MPI name of the procedure.
   *
   * @return such as {@code MPI_Send}
   */
  public String procedure() {
    return procedure;
  }

  /**
   * Whether the outcome is decided.
   *
   * @return true from then on
   */
  public boolean isSettled() {
    return settled;
  }

  /**
   * Sets how the operation lets go. Without it, {@link #withdraw} fails the call at once.
   *
   * @param action lets go of the buffers, then calls {@link #fail} with its argument, unless it completes first
   */
  public void onWithdraw(Consumer<MpiException> action) {
    withdrawal = action;
  }

  /**
   * Asks the operation to end early.
   *
   * @param why becomes the failure
   */
  public void withdraw(MpiException why) {
    if (!settled) {
      withdrawal.accept(why);
    }
  }

  /**
   * Ends the operation well.
   *
   * @param result what the user gets
   */
  public void complete(T result) {
    if (settle()) {
      calls.domain().defer(() -> promise.tryComplete(result));
    }
  }

  /**
   * Ends the operation badly.
   *
   * @param why wrapped where it is no {@link MpiException}; gets the name of the procedure
   */
  public void fail(Throwable why) {
    if (settle()) {
      MpiException failure = MpiException.of(why).in(procedure);
      calls.domain().defer(() -> promise.tryFail(failure));
    }
  }

  private boolean settle() {
    if (settled) {
      return false;
    }
    settled = true;
    calls.forget(this);
    cleanup.run();
    return true;
  }
}
