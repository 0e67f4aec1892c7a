package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Status;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Signature;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.p2p.Incoming;
import dev.vertxmpi.runtime.p2p.Landing;

/** Receives into a buffer. */
final class BufferReceive extends PostedReceive<Status> {

  private final MessageBuffer into;

  BufferReceive(MessageBuffer into, int source, int tag, Call<Status> call) {
    super(source, tag, call);
    this.into = into;
  }

  @Override
  Landing landing(Incoming incoming) {
    expectForm(incoming, (short) 0);
    checkSignature(incoming);
    return Landing.into(into);
  }

  /**
   * Compares what was sent with as much of the receiver's sequence. Where that sequence is mixed and the message ends
   * within an element, it cannot be told.
   */
  private void checkSignature(Incoming incoming) {
    Signature unit = into.datatype().signature();
    if (unit.primitive().isPresent()) {
      unit = Datatype.of(unit.primitive().get()).signature();
    }
    long length = incoming.length();
    boolean whole = unit.size() > 0 && length % unit.size() == 0;
    boolean fits = whole ? unit.hash(length / unit.size()) == incoming.header().check() : unit.primitive().isEmpty();
    if (length > 0 && !fits) {
      throw new MpiException(ErrorClass.TYPE, "the " + length + " bytes from rank " + incoming.source()
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
