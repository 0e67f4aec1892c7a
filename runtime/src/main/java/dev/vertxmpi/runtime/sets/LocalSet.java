package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.SetSnapshot;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.SetMember;
import dev.vertxmpi.spi.SetRoll;
import dev.vertxmpi.spi.SetService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * One set as one rank knows it. What the store tells is all that it believes: a join is complete when the store has
 * told of it. All in the domain of the rank, but for {@link #snapshot()}.
 */
final class LocalSet {

  private record Joining(Promise<SetSnapshot> promise, long epoch) {
  }

  private final Rank rank;
  private final String uri;
  private final SetService service;
  private final Desk desk;
  private final SetMember self;
  private final List<Joining> joining = new ArrayList<>();
  private final Set<ChangeStream> streams = new LinkedHashSet<>();
  private SetRoll roll = SetRoll.EMPTY;
  private volatile SetSnapshot snapshot;
  /** The last epoch of which a communicator was asked for. */
  private long called;
  /** Whether there may be something to leave. */
  private boolean mayBeIn;
  /** Joins under way at the store: so that none comes in behind a leave. */
  private Future<?> arriving = Future.succeededFuture();
  private volatile Runnable stopWatching = () -> { };
  private boolean closed;

  LocalSet(Rank rank, String uri, SetService service, Desk desk, SetMember self) {
    this.rank = rank;
    this.uri = uri;
    this.service = service;
    this.desk = desk;
    this.self = self;
    this.snapshot = new SetSnapshot(uri, 0, roll.group());
  }

  String uri() {
    return uri;
  }

  SetSnapshot snapshot() {
    return snapshot;
  }

  long called() {
    return called;
  }

  boolean isClosed() {
    return closed;
  }

  /** Settles when the members are known. */
  Future<Void> open() {
    // What the store tells comes before what it returns, and both go through the same queue.
    return service.watch(uri, this::told)
        .compose(stop -> inDomain(() -> {
          stopWatching = stop;
          if (closed) {
            stop.run();
            return Future.failedFuture(over());
          }
          return Future.succeededFuture();
        }));
  }

  private void told(SetRoll now) {
    try {
      rank.domain().executeLast(() -> changed(now));
    } catch (RejectedExecutionException e) {
      // The loop has ended, and the rank with it. Whoever has changed the set must not suffer from that.
      stopWatching.run();
    }
  }

  private <T> Future<T> inDomain(Supplier<Future<T>> step) {
    Promise<T> promise = Promise.promise();
    rank.domain().executeLast(() -> step.get().onComplete(promise));
    return promise.future();
  }

  MpiException over() {
    return new MpiException(ErrorClass.GROUP, "the set " + uri + " has been closed");
  }

  private void changed(SetRoll now) {
    if (closed) {
      return;
    }
    if (now.epoch() < roll.epoch()) {
      // It has been empty, and was begun again by somebody whose clock goes after.
      called = 0;
    }
    roll = now;
    snapshot = new SetSnapshot(uri, now.epoch(), now.group());
    desk.changed(uri, now);
    settleJoins();
    List.copyOf(streams).forEach(stream -> stream.accept(now));
  }

  private void settleJoins() {
    List<Joining> done = new ArrayList<>(joining);
    done.removeIf(one -> roll.epoch() < one.epoch);
    joining.removeAll(done);
    SetSnapshot now = snapshot;
    done.forEach(one -> {
      if (now.contains(rank.id())) {
        one.promise.complete(now);
      } else {
        one.promise.fail(new MpiException(ErrorClass.PROC_FAILED, "this process was taken out of the set " + uri
            + " as soon as it had joined"));
      }
    });
  }

  Future<SetSnapshot> join() {
    if (closed) {
      return Future.failedFuture(over());
    }
    mayBeIn = true;
    Future<SetRoll> arrival = service.join(uri, self);
    arriving = Future.join(arriving, arrival);
    return arrival.compose(in -> inDomain(() -> {
      Joining one = new Joining(Promise.promise(), in.epoch());
      joining.add(one);
      if (closed) {
        one.promise.fail(over());
      }
      settleJoins();
      return one.promise.future();
    }));
  }

  Future<Void> leave() {
    if (!mayBeIn) {
      return Future.succeededFuture();
    }
    return arriving.transform(in -> service.remove(uri, rank.id(), rank.node().verdict().isPresent()));
  }

  /** A process is dead, as far as this node can see. */
  void lost(ProcessId process) {
    if (!closed && roll.find(process).isPresent() && roll.find(rank.id()).isPresent()) {
      // Where the store cannot be reached, it finds out by itself.
      service.remove(uri, process, true).otherwiseEmpty();
    }
  }

  ChangeStream changes(Context context) {
    return new ChangeStream(context, uri,
        begun -> rank.domain().execute(() -> {
          if (closed) {
            begun.end();
          } else {
            streams.add(begun);
            begun.accept(roll);
          }
        }),
        ended -> rank.domain().execute(() -> streams.remove(ended)));
  }

  void communicator(SetSnapshot of, String tag, Call<Intracommunicator> call) {
    if (closed) {
      throw over();
    }
    check(of);
    List<SetMember> members = new ArrayList<>();
    List<ProcessId> processes = of.group().members();
    for (int i = 0; i < processes.size(); i++) {
      ProcessId process = processes.get(i);
      if (rank.node().isGone(process)) {
        lost(process);
        throw Making.failed(i, process, "is gone");
      }
      members.add(roll.find(process).orElse(null));
      if (members.get(i) == null) {
        throw Making.failed(i, process, roll.hasDied(process) ? "has died" : "has left the set");
      }
    }
    called = Math.max(called, of.epoch());
    desk.open(new Making.Plan(uri, of.epoch(), Making.context(uri, of.epoch(), processes, tag),
        new Companions(rank, members)), call);
  }

  private void check(SetSnapshot of) {
    if (!of.uri().equals(uri)) {
      throw new MpiException(ErrorClass.ARG, "the snapshot must be one of " + uri + ", but is one of " + of.uri());
    }
    if (!of.contains(rank.id())) {
      throw new MpiException(ErrorClass.GROUP, "the snapshot must hold the caller");
    }
    if (of.epoch() > roll.epoch()) {
      throw new MpiException(ErrorClass.GROUP, "the snapshot must be one that this rank knows, but its epoch "
          + of.epoch() + " is newer than " + roll.epoch());
    }
    if (of.epoch() < called) {
      throw new MpiException(ErrorClass.GROUP, "the snapshot is outdated: this rank has called for the epoch "
          + called + " already, and nobody goes back from " + called + " to " + of.epoch());
    }
  }

  /** Leaves, and hears of nothing any more. */
  Future<Void> close(MpiException why) {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    desk.closed(uri, why);
    List.copyOf(streams).forEach(ChangeStream::end);
    joining.forEach(one -> one.promise.fail(why));
    joining.clear();
    stopWatching.run();
    return leave();
  }
}
