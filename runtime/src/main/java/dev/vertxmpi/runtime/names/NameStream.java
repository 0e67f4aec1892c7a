package dev.vertxmpi.runtime.names;

import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import java.util.function.Supplier;

/**
 * The names of a scope as a stream for one handler.
 *
 * <pre>
 *   name service --- any thread ---> [ backlog ] --- the rank's context ---> handler
 * </pre>
 *
 * <p>Thread-safe. Handlers run on the context.
 */
public final class NameStream implements ReadStream<NameEvent> {

  private final Context context;
  private final Supplier<Future<NameService>> service;
  private final Backlog backlog = new Backlog();
  private Handler<NameEvent> handler;
  private Handler<Throwable> failed = failure -> { };
  private Handler<Void> finished = nothing -> { };
  private Future<Runnable> watch;
  private long demand = Long.MAX_VALUE;
  private boolean begun;
  private boolean scheduled;
  private boolean ending;
  private boolean ended;

  /**
   * Asks nobody yet.
   *
   * @param context where handlers run
   * @param service opens the scope
   */
  public NameStream(Context context, Supplier<Future<NameService>> service) {
    this.context = context;
    this.service = service;
  }

  @Override
  public NameStream handler(Handler<NameEvent> handler) {
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

  /** Without the lock: the service may hold one of its own while it tells of names. */
  private void begin() {
    Future<Runnable> begins = service.get().compose(names -> names.watch(this::accept)).onFailure(this::fail);
    boolean over;
    synchronized (this) {
      watch = begins;
      over = ending;
    }
    if (over) {
      begins.onSuccess(Runnable::run);
    }
  }

  private void accept(NameEvent event) {
    synchronized (this) {
      if (ending) {
        return;
      }
      backlog.add(event);
    }
    schedule();
  }

  private void fail(Throwable failure) {
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
  public void end() {
    Future<Runnable> ends;
    synchronized (this) {
      ending = true;
      ends = watch;
    }
    if (ends != null) {
      ends.onSuccess(Runnable::run);
    }
    schedule();
  }

  private synchronized void schedule() {
    if (!scheduled && !ended && ((demand > 0 && !backlog.isEmpty()) || ending)) {
      scheduled = true;
      context.runOnContext(now -> drain());
    }
  }

  private void drain() {
    for (NameEvent event = next(); event != null; event = next()) {
      Handler<NameEvent> to;
      synchronized (this) {
        to = handler;
      }
      if (to != null) {
        to.handle(event);
      }
    }
    Handler<Void> last = atEnd();
    if (last != null) {
      last.handle(null);
    }
  }

  private synchronized NameEvent next() {
    if (demand == 0 || backlog.isEmpty()) {
      scheduled = false;
      return null;
    }
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    return backlog.poll();
  }

  private synchronized Handler<Void> atEnd() {
    if (!ending || ended || (handler != null && !backlog.isEmpty())) {
      return null;
    }
    ended = true;
    return finished;
  }

  @Override
  public synchronized NameStream exceptionHandler(Handler<Throwable> handler) {
    failed = handler == null ? failure -> { } : handler;
    return this;
  }

  @Override
  public synchronized NameStream endHandler(Handler<Void> handler) {
    finished = handler == null ? nothing -> { } : handler;
    return this;
  }

  @Override
  public synchronized NameStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public NameStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public NameStream fetch(long amount) {
    synchronized (this) {
      demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    }
    schedule();
    return this;
  }
}
