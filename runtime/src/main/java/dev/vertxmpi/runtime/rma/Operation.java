package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.call.Call;
import java.lang.foreign.MemorySegment;

/**
 * A put, get, accumulate or fetch on its way: sends its parts when the lane lets it, and settles its call on local
 * completion.
 *
 * @param <T> type of the result
 */
abstract class Operation<T> implements Step {

  private final Call<T> call;
  private final Lane lane;
  private final Epoch.Span span;
  private final Cutter cutter;
  /** Cut off, but not sent yet. */
  private Cutter.Cut next;
  private boolean begun;
  private MpiException failure;

  Operation(Call<T> call, Lane lane, Epoch.Span span, Place place) {
    this.call = call;
    this.lane = lane;
    this.span = span;
    this.cutter = new Cutter(place);
  }

  /** Lets deadline and cancel scope reach the operation, also while it waits. */
  final void arm() {
    call.onWithdraw(this::withdraw);
  }

  final Call<T> call() {
    return call;
  }

  final Lane lane() {
    return lane;
  }

  abstract void send(Cutter.Cut cut);

  /** Whether a link holds the buffer. */
  abstract boolean isHeld();

  /** Whether replies to parts are missing that local completion needs. */
  abstract boolean isAwaiting();

  /** Settles the call after local completion. */
  abstract void complete();

  @Override
  public final boolean advance() {
    if (span.epoch().refusal() != null) {
      stop(new MpiException(ErrorClass.RMA_SYNC, "the lock that the operation waited for was not granted: "
          + span.epoch().refusal().reason()));
    }
    while (failure == null && !isSent()) {
      try {
        next = next == null ? cutter.next() : next;
        if (!lane.hasRoom(next.bytes())) {
          return false;
        }
        send(next);
        next = null;
        begun = true;
      } catch (RuntimeException e) {
        // The memory was closed under the operation.
        stop(MpiException.of(e));
      }
    }
    settle();
    return true;
  }

  private boolean isSent() {
    return next == null && cutter.isDone();
  }

  /** A part is applied at the target, which had nothing to answer. */
  void onApplied() {
  }

  /** The target has answered a part with data. */
  void onData(Cutter.Cut cut, MemorySegment data) {
    stop(unexpected());
  }

  /** The target has answered with the bits of an element. */
  void onFetched(long bits) {
    stop(unexpected());
  }

  /** A reply that does not fit the request: the peer breaks the protocol. */
  final MpiException unexpected() {
    return new MpiException(ErrorClass.INTERN, "rank " + lane.target() + " gave an answer that does not fit");
  }

  @Override
  public final void abort(MpiException why) {
    stop(why);
  }

  /** A cancel comes too late when a part has been sent: what is applied cannot be taken back. */
  private void withdraw(MpiException why) {
    if (why.errorClass() != ErrorClass.CANCELLED) {
      stop(why);
    } else if (!begun) {
      failure = why;
      settle();
    }
  }

  /** Sends no more, and fails the call when the buffer is let go of. */
  final void stop(MpiException why) {
    span.note(why.in(call.procedure()));
    if (failure == null) {
      failure = why;
    }
    settle();
  }

  /** Settles the call where its time has come. */
  final void settle() {
    if (isHeld()) {
      return;
    }
    if (failure != null) {
      call.fail(failure);
    } else if (isSent() && !isAwaiting()) {
      complete();
    }
  }
}
