package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.runtime.call.Call;

/**
 * A request for a lock. The lane waits until it is granted, or surely neither held nor waited for.
 *
 * <pre>
 *   queued ----> asked ----> granted
 *     |            |
 *     |            '-- withdraw --> withdrawing ----> over      a grant that crosses is given back by the target
 *     '-- withdraw ---------------------------------> over
 * </pre>
 */
final class LockStep implements Step {

  private enum State { QUEUED, ASKED, GRANTED, WITHDRAWING, OVER }

  private final Call<Void> call;
  private final Lane lane;
  private final Epoch epoch;
  private final LockType type;
  private State state = State.QUEUED;
  private long number;

  LockStep(Call<Void> call, Lane lane, Epoch epoch, LockType type) {
    this.call = call;
    this.lane = lane;
    this.epoch = epoch;
    this.type = type;
  }

  /** Lets deadline and cancel scope reach the request, also while it is queued. */
  void arm() {
    call.onWithdraw(this::withdraw);
  }

  @Override
  public boolean advance() {
    if (state == State.QUEUED) {
      state = State.ASKED;
      number = lane.nextLock();
      lane.sendControl(RmaFrames.LOCK, type.ordinal(), number);
    }
    return state == State.GRANTED || state == State.OVER;
  }

  void onGranted(long granted) {
    if (granted == number && state == State.ASKED) {
      state = State.GRANTED;
      call.complete(null);
      lane.pump();
    }
  }

  /** The target says that the request is over: because it was withdrawn, or refused. */
  void onWithdrawn(long withdrawn, MpiException refusal) {
    if (withdrawn != number || (state != State.ASKED && state != State.WITHDRAWING)) {
      return;
    }
    end(refusal);
    lane.pump();
  }

  private void withdraw(MpiException why) {
    if (state == State.ASKED) {
      lane.sendControl(RmaFrames.WITHDRAW, 0, number);
      end(why);
      state = State.WITHDRAWING;
    } else {
      end(why);
    }
  }

  @Override
  public void abort(MpiException why) {
    end(why);
  }

  private void end(MpiException why) {
    state = State.OVER;
    if (call.isSettled()) {
      return;
    }
    call.fail(why);
    epoch.refuse(why);
    if (lane.epoch() == epoch) {
      lane.setEpoch(null);
    }
  }
}
