package dev.vertxmpi.runtime.call;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The operations under way on one communicator, window or port: so that each settles when the object ends. */
public final class Calls {

  private final ProgressDomain domain;
  private final Context context;
  private final Set<Call<?>> pending = new LinkedHashSet<>();
  private Runnable whenIdle;
  private MpiException closed;

  /**
   * No calls yet.
   *
   * @param domain where they progress
   * @param context where results of callers without a context arrive
   */
  public Calls(ProgressDomain domain, Context context) {
    this.domain = domain;
    this.context = context;
  }

  ProgressDomain domain() {
    return domain;
  }

  Vertx vertx() {
    return context.owner();
  }

  /**
   * Begins an operation, from any thread. Its body runs in the domain, in the order of the calls.
   *
   * @param <T> type of the result
   * @param procedure MPI name, for errors
   * @param options deadline and cancel scope
   * @param defaultTimeout null for none
   * @param body does the work; what it throws fails the call
   * @return the Future of the user
   */
  public <T> Future<T> begin(String procedure, CallOptions options, Duration defaultTimeout, Consumer<Call<T>> body) {
    Call<T> call = new Call<>(this, procedure, Loops.caller(context));
    domain.execute(() -> start(call, options, defaultTimeout, body));
    return call.future();
  }

  private <T> void start(Call<T> call, CallOptions options, Duration defaultTimeout, Consumer<Call<T>> body) {
    if (closed != null) {
      call.fail(closed);
      return;
    }
    pending.add(call);
    try {
      call.arm(options, defaultTimeout);
      if (!call.isSettled()) {
        body.accept(call);
      }
    } catch (RuntimeException e) {
      call.fail(e);
    }
  }

  void forget(Call<?> call) {
    pending.remove(call);
    if (pending.isEmpty() && whenIdle != null) {
      Runnable action = whenIdle;
      whenIdle = null;
      action.run();
    }
  }

  /**
   * Runs an action when no call is under way, at once where none is. In the domain.
   *
   * @param action at most one waits
   */
  public void whenIdle(Runnable action) {
    if (pending.isEmpty()) {
      action.run();
    } else {
      whenIdle = action;
    }
  }

  /**
   * Withdraws all calls under way. In the domain.
   *
   * @param why becomes their failure
   */
  public void withdrawAll(MpiException why) {
    new ArrayList<>(pending).forEach(call -> call.withdraw(why));
  }

  /**
   * Refuses calls from now on. In the domain.
   *
   * @param why becomes their failure
   */
  public void close(MpiException why) {
    closed = why;
  }

  /**
   * Whether {@link #close} was called. In the domain.
   *
   * @return true from then on
   */
  public boolean isClosed() {
    return closed != null;
  }
}
