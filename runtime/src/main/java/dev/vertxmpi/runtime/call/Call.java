package dev.vertxmpi.runtime.call;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.AsyncResult;
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
 * <p>It is its own place in the list of calls under way, and its own completion, so that an operation costs no objects
 * beside it and its Future.
 *
 * @param <T> type of the result
 */
public class Call<T> implements Runnable {

  /** Neighbours among the calls under way. */
  Call<?> previous;
  Call<?> next;

  private final Calls calls;
  private final String procedure;
  private final Promise<T> promise;
  /** Null where the work is that of a subclass. */
  private final Consumer<Call<T>> body;
  /** Null to fail at once. */
  private Consumer<MpiException> withdrawal;
  /** Null where there is nothing to undo. */
  private Runnable cleanup;
  /** Null where none is held. */
  private Memory held;
  private boolean settled;
  /** Whether the caller has the Future, and perhaps handlers on it. */
  private boolean exposed;
  private T result;
  private MpiException failure;

  /**
   * An operation that has not begun.
   *
   * @param calls of the object that it works on
   * @param procedure MPI name, for errors
   */
  protected Call(Calls calls, String procedure) {
    this(calls, procedure, null);
  }

  Call(Calls calls, String procedure, Consumer<Call<T>> body) {
    this.calls = calls;
    this.procedure = procedure;
    this.body = body;
    this.promise = Loops.promise(Loops.caller(calls.context()));
  }

  /**
   * Begins the operation, from any thread: within this call where it is made on the domain's loop, with nothing before
   * it.
   *
   * @param options deadline and cancel scope
   * @return the Future of the user
   */
  protected final Future<T> begin(CallOptions options) {
    ProgressDomain domain = calls.domain();
    if (domain.enter()) {
      try {
        calls.start(this, options, null);
      } finally {
        exposed = true;
        domain.leave();
      }
    } else {
      exposed = true;
      domain.execute(() -> calls.start(this, options, null));
    }
    return promise.future();
  }

  /** Does the work, in the domain; what it throws fails the call. */
  protected void work() {
    body.accept(this);
  }

  /**
   * Keeps a memory until the call settles. At the call, before {@link #begin}.
   *
   * @param memory of the operation
   * @return null, or why it cannot be held
   */
  protected final MpiException hold(Memory memory) {
    try {
      memory.retain();
      held = memory;
      return null;
    } catch (MpiException e) {
      return e;
    }
  }

  /** Arms deadline and cancel scope. */
  void arm(CallOptions options, Duration defaultTimeout) {
    if (options.getTimeout() == null && defaultTimeout == null && options.getCancel() == null) {
      return;
    }
    armGuards(options, defaultTimeout);
  }

  private void armGuards(CallOptions options, Duration defaultTimeout) {
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
    if (settled) {
      return;
    }
    if (withdrawal == null) {
      withdrawn(why);
    } else {
      withdrawal.accept(why);
    }
  }

  /**
   * Lets go of the buffers, then fails, unless it completes first. For operations that set no {@link #onWithdraw}.
   *
   * @param why becomes the failure
   */
  protected void withdrawn(MpiException why) {
    fail(why);
  }

  /**
   * Ends the operation well.
   *
   * @param result what the user gets
   */
  public void complete(T result) {
    if (settle()) {
      this.result = result;
      give();
    }
  }

  /** The caller has the Future. */
  void expose() {
    exposed = true;
  }

  /** Settles the promise: at once where nobody can be listening yet, else when the state is consistent. */
  private void give() {
    if (!exposed && calls.domain().mayGiveAtOnce()) {
      run();
    } else {
      calls.domain().defer(this);
    }
  }

  /** For the domain: settles the Future. */
  @Override
  public final void run() {
    if (failure == null) {
      promise.tryComplete(result);
    } else {
      promise.tryFail(failure);
    }
  }

  /**
   * Ends the operation badly.
   *
   * @param why wrapped where it is no {@link MpiException}; gets the name of the procedure
   */
  public void fail(Throwable why) {
    if (settle()) {
      failure = MpiException.of(why).in(procedure);
      give();
    }
  }

  /**
   * Ends the operation, well or badly.
   *
   * @param outcome of the work
   */
  public void settle(AsyncResult<T> outcome) {
    if (outcome.succeeded()) {
      complete(outcome.result());
    } else {
      fail(outcome.cause());
    }
  }

  private boolean settle() {
    if (settled) {
      return false;
    }
    settled = true;
    calls.forget(this);
    if (cleanup != null) {
      cleanup.run();
    }
    if (held != null) {
      held.release();
    }
    return true;
  }
}
