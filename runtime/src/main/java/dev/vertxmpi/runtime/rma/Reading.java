package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.call.Call;
import java.lang.foreign.MemorySegment;

/** A get: asks part by part, so that what the target sends is bounded by what is in flight here. */
final class Reading extends Operation<Void> {

  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final MessageBuffer into;
  private int awaited;

  Reading(Call<Void> call, Lane lane, Epoch.Span span, MessageBuffer into, Place place) {
    super(call, lane, span, place);
    this.into = into;
  }

  @Override
  void send(Cutter.Cut cut) {
    MemorySegment payload = NOTHING;
    if (cut.layout() != null) {
      payload = MemorySegment.ofArray(new byte[cut.layout().encodedLength()]);
      cut.layout().encode(payload);
    }
    awaited++;
    lane().sendPart(this, RmaFrames.GET, cut, 0, cut.bytes(), payload);
  }

  @Override
  void onApplied() {
    stop(unexpected());
  }

  @Override
  void onData(Cutter.Cut cut, MemorySegment data) {
    if (data.byteSize() != cut.bytes()) {
      stop(unexpected());
      return;
    }
    awaited--;
    if (call().isSettled()) {
      return;
    }
    try {
      Packing.unpack(data, into, cut.position());
    } catch (RuntimeException e) {
      // The memory was closed under the operation.
      stop(MpiException.of(e));
    }
    settle();
  }

  /** The buffer is written in this domain only, and not once the call has failed. */
  @Override
  boolean isHeld() {
    return false;
  }

  @Override
  boolean isAwaiting() {
    return awaited > 0;
  }

  @Override
  void complete() {
    call().complete(null);
  }
}
