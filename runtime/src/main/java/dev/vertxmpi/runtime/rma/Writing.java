package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import java.lang.foreign.MemorySegment;

/**
 * A put or an accumulate. Where the origin's data is one piece and the target's place one block, the link gets the
 * buffer itself; else a copy, with the layout before the data.
 */
final class Writing extends Operation<Void> {

  private final ProgressDomain domain;
  private final MessageBuffer from;
  private final byte kind;
  private final int tag;
  /** Parts whose payload the link still has. */
  private int held;

  Writing(Call<Void> call, Lane lane, Epoch.Span span, ProgressDomain domain, MessageBuffer from, Place place,
      byte kind, int tag) {
    super(call, lane, span, place);
    this.domain = domain;
    this.from = from;
    this.kind = kind;
    this.tag = tag;
  }

  @Override
  void send(Cutter.Cut cut) {
    MemorySegment payload = payload(cut);
    held++;
    lane().sendPart(this, kind, cut, tag, 0, payload).onComplete(sent -> domain.execute(() -> {
      held--;
      settle();
    }));
  }

  private MemorySegment payload(Cutter.Cut cut) {
    if (cut.layout() == null) {
      return Packing.contiguous(from).map(whole -> whole.asSlice(cut.position(), cut.bytes()))
          .orElseGet(() -> pack(cut, 0));
    }
    MemorySegment payload = pack(cut, cut.layout().encodedLength());
    cut.layout().encode(payload);
    return payload;
  }

  private MemorySegment pack(Cutter.Cut cut, int before) {
    MemorySegment payload = MemorySegment.ofArray(new byte[before + cut.bytes()]);
    Packing.pack(from, cut.position(), payload.asSlice(before));
    return payload;
  }

  @Override
  boolean isHeld() {
    return held > 0;
  }

  @Override
  boolean isAwaiting() {
    return false;
  }

  @Override
  void complete() {
    call().complete(null);
  }
}
