package dev.vertxmpi.runtime.call;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The operations under way on one communicator, window or port: so that each settles when the object ends. */
@SuppressWarnings("ReferenceEquality") // A call is only ever itself.
public final class Calls {

  private final ProgressDomain domain;
  private final Context context;
  /** The calls under way: a ring of neighbours. */
  private Call<?> newest;
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

  Context context() {
    return context;
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
    Call<T> call = new Call<>(this, procedure, body);
    call.expose();
    domain.execute(() -> start(call, options, defaultTimeout));
    return call.future();
  }

  /**
   * Begins an operation that settles as a Future does.
   *
   * @param <T> type of the result
   * @param procedure MPI name, for errors
   * @param options deadline and cancel scope
   * @param defaultTimeout null for none
   * @param body begins the work in the domain; its Future may settle anywhere. What it throws fails the call
   * @return the Future of the user
   */
  public <T> Future<T> follow(String procedure, CallOptions options, Duration defaultTimeout,
      Supplier<Future<T>> body) {
    return begin(procedure, options, defaultTimeout, call ->
        body.get().onComplete(done -> domain.execute(() -> call.settle(done))));
  }

  void start(Call<?> call, CallOptions options, Duration defaultTimeout) {
    if (closed != null) {
      call.fail(closed);
      return;
    }
    add(call);
    try {
      call.arm(options, defaultTimeout);
      if (!call.isSettled()) {
        call.work();
      }
    } catch (RuntimeException e) {
      call.fail(e);
    }
  }

  private void add(Call<?> call) {
    if (newest == null) {
      call.next = call;
      call.previous = call;
    } else {
      call.next = newest.next;
      call.previous = newest;
      newest.next.previous = call;
      newest.next = call;
    }
    newest = call;
  }

  void forget(Call<?> call) {
    if (call.next != null) {
      unlink(call);
    }
    if (newest == null && whenIdle != null) {
      Runnable action = whenIdle;
      whenIdle = null;
      action.run();
    }
  }

  private void unlink(Call<?> call) {
    if (call.next == call) {
      newest = null;
    } else {
      call.previous.next = call.next;
      call.next.previous = call.previous;
      if (newest == call) {
        newest = call.previous;
      }
    }
    call.next = null;
    call.previous = null;
  }

  /**
   * Runs an action when no call is under way, at once where none is. In the domain.
   *
   * @param action at most one waits
   */
  public void whenIdle(Runnable action) {
    if (newest == null) {
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
    List<Call<?>> pending = new ArrayList<>();
    if (newest != null) {
      Call<?> oldest = newest.next;
      pending.add(oldest);
      for (Call<?> call = oldest.next; call != oldest; call = call.next) {
        pending.add(call);
      }
    }
    pending.forEach(call -> call.withdraw(why));
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
