package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.call.Call;

/** Waits for the parts sent before it; the lane goes on meanwhile. */
final class FlushStep implements Step {

  private final Call<Void> call;
  private final Lane lane;
  private final Epoch.Span span;

  FlushStep(Call<Void> call, Lane lane, Epoch.Span span) {
    this.call = call;
    this.lane = lane;
    this.span = span;
  }

  @Override
  public boolean advance() {
    MpiException refusal = span.epoch().refusal();
    if (refusal != null) {
      call.fail(new MpiException(ErrorClass.RMA_SYNC, "the lock on rank " + lane.target() + " was not granted: "
          + refusal.reason()));
    } else {
      lane.whenApplied(this::settle);
    }
    return true;
  }

  private void settle() {
    if (span.failure() == null) {
      call.complete(null);
    } else {
      call.fail(span.failure());
    }
  }

  @Override
  public void abort(MpiException why) {
    call.fail(why);
  }
}
