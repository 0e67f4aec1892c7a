package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.SetChange;
import dev.vertxmpi.process.SetSnapshot;
import dev.vertxmpi.spi.SetMember;
import dev.vertxmpi.spi.SetRoll;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * The changes of a set for one handler: the difference between what it was told last and what is. So one roll waits at
 * most, however slow the reader.
 *
 * <p>Thread-safe. Handlers run on the context.
 */
final class ChangeStream implements ReadStream<SetChange> {

  private final Context context;
  private final String uri;
  private final Consumer<ChangeStream> begin;
  private final Consumer<ChangeStream> end;
  private Handler<SetChange> handler;
  private Handler<Void> finished = nothing -> { };
  private SetRoll told;
  private SetRoll latest;
  private long demand = Long.MAX_VALUE;
  private boolean begun;
  private boolean scheduled;
  private boolean ending;
  private boolean ended;

  /** Asks for rolls by {@code begin} when it gets a handler, and by {@code end} for no more. */
  ChangeStream(Context context, String uri, Consumer<ChangeStream> begin, Consumer<ChangeStream> end) {
    this.context = context;
    this.uri = uri;
    this.begin = begin;
    this.end = end;
  }

  /** The set is like this now. */
  void accept(SetRoll roll) {
    synchronized (this) {
      latest = roll;
    }
    schedule();
  }

  @Override
  public ChangeStream handler(Handler<SetChange> handler) {
    boolean begins;
    synchronized (this) {
      this.handler = handler;
      begins = handler != null && !begun && !ending;
      begun |= begins;
    }
    if (begins) {
      begin.accept(this);
    } else if (handler == null) {
      end();
    } else {
      schedule();
    }
    return this;
  }

  /** What was told already is still handed over, then the end. */
  void end() {
    synchronized (this) {
      if (ending) {
        return;
      }
      ending = true;
    }
    end.accept(this);
    schedule();
  }

  private synchronized void schedule() {
    if (!scheduled && !ended && (ending || (demand > 0 && differs()))) {
      scheduled = true;
      context.runOnContext(now -> drain());
    }
  }

  private boolean differs() {
    return latest != null && (told == null || told.epoch() != latest.epoch());
  }

  private void drain() {
    SetChange change;
    Handler<SetChange> to;
    synchronized (this) {
      scheduled = false;
      to = handler;
      change = to != null && demand > 0 && differs() ? take() : null;
    }
    if (change != null) {
      schedule();
      to.handle(change);
      return;
    }
    Handler<Void> last = atEnd();
    if (last != null) {
      last.handle(null);
    }
  }

  private SetChange take() {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    SetRoll before = told == null ? SetRoll.EMPTY : told;
    SetRoll now = latest;
    told = now;
    return new SetChange(new SetSnapshot(uri, now.epoch(), now.group()), missing(now, before),
        missing(before, now).stream().filter(gone -> !now.hasDied(gone)).toList(),
        missing(before, now).stream().filter(now::hasDied).toList());
  }

  /** The members of one that are none of the other. */
  private static List<ProcessId> missing(SetRoll of, SetRoll in) {
    return of.members().stream().map(SetMember::process).filter(process -> in.find(process).isEmpty()).toList();
  }

  private synchronized Handler<Void> atEnd() {
    if (!ending || ended || (handler != null && differs())) {
      return null;
    }
    ended = true;
    return finished;
  }

  @Override
  public ChangeStream exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public synchronized ChangeStream endHandler(Handler<Void> handler) {
    finished = handler == null ? nothing -> { } : handler;
    return this;
  }

  @Override
  public synchronized ChangeStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public ChangeStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ChangeStream fetch(long amount) {
    synchronized (this) {
      demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    }
    schedule();
    return this;
  }
}
