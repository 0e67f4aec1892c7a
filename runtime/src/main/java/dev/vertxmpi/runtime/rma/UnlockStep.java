package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.call.Call;

/**
 * Gives a lock back. The request follows the parts on their way, so the target has applied all of them when it comes
 * to it. It is sent whatever becomes of the call.
 */
final class UnlockStep implements Step {

  private final Call<Void> call;
  private final Lane lane;
  private final Epoch epoch;
  private boolean asked;
  private boolean released;
  private long number;

  UnlockStep(Call<Void> call, Lane lane, Epoch epoch) {
    this.call = call;
    this.lane = lane;
    this.epoch = epoch;
  }

  @Override
  public boolean advance() {
    if (epoch.refusal() != null) {
      call.fail(new MpiException(ErrorClass.RMA_SYNC, "the lock on rank " + lane.target() + " was not granted: "
          + epoch.refusal().reason()));
      return true;
    }
    if (!asked) {
      asked = true;
      number = lane.lastLock();
      lane.sendControl(RmaFrames.UNLOCK, 0, number);
    }
    return released;
  }

  void onReleased(long given) {
    if (asked && !released && given == number) {
      released = true;
      lane.whenApplied(this::settle);
      lane.pump();
    }
  }

  private void settle() {
    if (epoch.failure() == null) {
      call.complete(null);
    } else {
      call.fail(epoch.failure());
    }
  }

  @Override
  public void abort(MpiException why) {
    call.fail(why);
  }
}
