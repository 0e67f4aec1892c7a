package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.SetChange;
import dev.vertxmpi.process.SetSnapshot;
import dev.vertxmpi.runtime.vertx.PacedStream;
import dev.vertxmpi.spi.SetMember;
import dev.vertxmpi.spi.SetRoll;
import io.vertx.core.Context;
import java.util.List;
import java.util.function.Consumer;

/**
 * The changes of a set for one handler: the difference between what it was told last and what is. So one roll waits at
 * most, however slow the reader.
 */
final class ChangeStream extends PacedStream<SetChange> {

  private final String uri;
  private final Consumer<ChangeStream> begin;
  private final Consumer<ChangeStream> end;
  private SetRoll told;
  private SetRoll latest;

  /** Asks for rolls by {@code begin} when it gets a handler, and by {@code end} for no more. */
  ChangeStream(Context context, String uri, Consumer<ChangeStream> begin, Consumer<ChangeStream> end) {
    super(context);
    this.uri = uri;
    this.begin = begin;
    this.end = end;
  }

  @Override
  protected void begin() {
    begin.accept(this);
  }

  @Override
  protected void stop() {
    end.accept(this);
  }

  /** The set is like this now. */
  void accept(SetRoll roll) {
    synchronized (this) {
      latest = roll;
    }
    schedule();
  }

  @Override
  protected boolean isWaiting() {
    return latest != null && (told == null || told.epoch() != latest.epoch());
  }

  @Override
  protected SetChange take() {
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
}
