package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Status;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Signature;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.p2p.Landing;
import java.lang.foreign.MemorySegment;

/** Receives into a buffer. */
final class BufferReceive extends PostedReceive<Status> {

  private final MessageBuffer into;
  /** Null where the memory is held. */
  private final MpiException unusable;

  BufferReceive(Core core, MessageBuffer into, int source, int tag) {
    super(core, source, tag);
    this.into = into;
    this.unusable = hold(into.memory());
  }

  @Override
  void check() {
    if (unusable != null) {
      throw unusable;
    }
  }

  @Override
  Status nothing(Status status) {
    return status;
  }

  @Override
  short form() {
    return 0;
  }

  @Override
  Landing landing(int from, long check, long length) {
    checkSignature(from, check, length);
    return Landing.into(into);
  }

  @Override
  void take(int from, long check, MemorySegment memory, long offset, int length) {
    if (into.datatype().isContiguous()) {
      checkSignature(from, check, length);
      MemorySegment.copy(memory, offset, into.memory().segment(), into.offset(), Math.min(length, into.bytes()));
    } else {
      super.take(from, check, memory, offset, length);
    }
  }

  /**
   * Compares what was sent with as much of the receiver's sequence. Where that sequence is mixed and the message ends
   * within an element, it cannot be told.
   */
  private void checkSignature(int from, long check, long length) {
    Signature unit = into.datatype().signature();
    if (unit.primitive().isPresent() && unit.elements() != 1) {
      unit = Datatype.of(unit.primitive().get()).signature();
    }
    boolean whole = unit.size() > 0 && length % unit.size() == 0;
    boolean fits = whole ? unit.hash(length / unit.size()) == check : unit.primitive().isEmpty();
    if (length > 0 && !fits) {
      throw new MpiException(ErrorClass.TYPE, "the " + length + " bytes from rank " + from
          + " are not the primitives that " + into.datatype() + " consists of");
    }
  }

  @Override
  Status result(Status status) {
    if (status.bytes() > into.bytes()) {
      throw new MpiException(ErrorClass.TRUNCATE, "the message has " + status.bytes() + " bytes, but the buffer only "
          + into.bytes());
    }
    return status;
  }
}
