package dev.vertxmpi.runtime.vertx;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;

/**
 * A stream whose source tells at its own pace, for one handler that reads at its own.
 *
 * <pre>
 *   source --- any thread ---> [ what waits ] --- the context, as much as is asked for ---> handler
 *                              the subclass's
 * </pre>
 *
 * <p>It begins with its first handler, and ends when that is taken away, or by {@link #end}. Thread-safe. Handlers run
 * on the context.
 *
 * @param <T> what it tells
 */
public abstract class PacedStream<T> implements ReadStream<T> {

  private final Context context;
  private Handler<T> handler;
  private Handler<Throwable> failed = failure -> { };
  private Handler<Void> finished = nothing -> { };
  private long demand = Long.MAX_VALUE;
  private boolean begun;
  private boolean scheduled;
  private boolean ending;
  private boolean ended;

  /**
   * Asks nobody yet.
   *
   * @param context where handlers run
   */
  protected PacedStream(Context context) {
    this.context = context;
  }

  /** Asks the source to tell, once. Without the lock: the source may hold one of its own while it tells. */
  protected abstract void begin();

  /** Asks the source for no more, once, whether {@link #begin} was called or not. Without the lock. */
  protected abstract void stop();

  /**
   * Whether something waits. With this object's lock.
   *
   * @return true where {@link #take} may be called
   */
  protected abstract boolean isWaiting();

  /**
   * The next that waits. With this object's lock.
   *
   * @return goes to the handler
   */
  protected abstract T take();

  /**
   * Whether nothing more is wanted of the source. With this object's lock.
   *
   * @return true once the end has been asked for
   */
  protected final boolean isEnding() {
    return ending;
  }

  @Override
  public final PacedStream<T> handler(Handler<T> handler) {
    boolean begins;
    synchronized (this) {
      this.handler = handler;
      begins = handler != null && !begun && !ending;
      begun |= begins;
    }
    if (begins) {
      begin();
    } else if (handler == null) {
      end();
    } else {
      schedule();
    }
    return this;
  }

  /**
   * Fails, then ends. Nothing where it is about to end already.
   *
   * @param failure goes to the exception handler
   */
  protected final void fail(Throwable failure) {
    Handler<Throwable> told;
    synchronized (this) {
      if (ending) {
        return;
      }
      told = failed;
    }
    context.runOnContext(now -> told.handle(failure));
    end();
  }

  /** What was told already is still handed over, then the end. */
  public final void end() {
    boolean first;
    synchronized (this) {
      first = !ending;
      ending = true;
    }
    if (first) {
      stop();
    }
    schedule();
  }

  /** Looks whether there is something to hand over. After something was told, from any thread. */
  protected final synchronized void schedule() {
    if (!scheduled && !ended && (ending || (demand > 0 && isWaiting()))) {
      scheduled = true;
      context.runOnContext(now -> drain());
    }
  }

  private void drain() {
    Handler<T> to;
    T next;
    synchronized (this) {
      scheduled = false;
      to = handler;
      next = to != null && demand > 0 && isWaiting() ? next() : null;
    }
    if (next != null) {
      // First, because the handler may throw.
      schedule();
      to.handle(next);
      return;
    }
    Handler<Void> last = atEnd();
    if (last != null) {
      last.handle(null);
    }
  }

  private T next() {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    return take();
  }

  private synchronized Handler<Void> atEnd() {
    if (!ending || ended || (handler != null && isWaiting())) {
      return null;
    }
    ended = true;
    return finished;
  }

  @Override
  public final synchronized PacedStream<T> exceptionHandler(Handler<Throwable> handler) {
    failed = handler == null ? failure -> { } : handler;
    return this;
  }

  @Override
  public final synchronized PacedStream<T> endHandler(Handler<Void> handler) {
    finished = handler == null ? nothing -> { } : handler;
    return this;
  }

  @Override
  public final synchronized PacedStream<T> pause() {
    demand = 0;
    return this;
  }

  @Override
  public final PacedStream<T> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public final PacedStream<T> fetch(long amount) {
    synchronized (this) {
      demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    }
    schedule();
    return this;
  }
}
