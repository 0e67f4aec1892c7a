package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.runtime.call.Call;
import java.lang.foreign.MemorySegment;

/**
 * A fetch-and-op: a single part of one element.
 *
 * @param <T> type of the element
 */
final class Fetching<T extends Number> extends Operation<T> {

  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final T operand;
  private final Op op;
  private final Primitive primitive;
  private T result;

  Fetching(Call<T> call, Lane lane, Epoch.Span span, T operand, Op op, long place) {
    super(call, lane, span, new Place(place, 1, Datatype.of(Scalar.primitive(operand))));
    this.operand = operand;
    this.op = op;
    this.primitive = Scalar.primitive(operand);
  }

  @Override
  void send(Cutter.Cut cut) {
    lane().sendPart(this, RmaFrames.FETCH, cut, RmaFrames.tag(op, primitive), Scalar.bits(operand), NOTHING);
  }

  @Override
  void onApplied() {
    stop(unexpected());
  }

  @Override
  @SuppressWarnings("unchecked") // The result has the class of the operand.
  void onFetched(long bits) {
    result = (T) Scalar.number(primitive, bits);
    settle();
  }

  @Override
  boolean isHeld() {
    return false;
  }

  @Override
  boolean isAwaiting() {
    return result == null;
  }

  @Override
  void complete() {
    call().complete(result);
  }
}
