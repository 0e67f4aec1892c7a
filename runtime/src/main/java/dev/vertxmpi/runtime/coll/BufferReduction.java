package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.datatype.Reduction;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;

/** Checks and makes reductions of buffers. */
final class BufferReduction {

  private BufferReduction() {
  }

  /**
   * The reduction.
   *
   * @param from this rank's operand
   * @param into null where the result is for others
   * @param op predefined
   */
  static SlicedReduction of(MessageBuffer from, MessageBuffer into, Op op) {
    if (op.kind() == Op.Predefined.USER) {
      throw new MpiException(ErrorClass.OP, "the operation " + op + " of the user is for values, not for buffers");
    }
    ValueReduction.checkForMessages(op);
    // A buffer without elements reduces to nothing, whatever it would consist of.
    Primitive primitive = from.bytes() == 0 ? Primitive.INT : from.datatype().primitive().orElseThrow(() ->
        new MpiException(ErrorClass.TYPE, "reductions need one primitive, but " + from.datatype() + " has several"));
    Reduction.check(op, primitive);
    if (into != null && !from.datatype().signature().matches(from.count(), into.datatype().signature(),
        into.count())) {
      throw new MpiException(ErrorClass.TYPE, "from and into must have the same signature, but are " + from.count()
          + " x " + from.datatype() + " and " + into.count() + " x " + into.datatype());
    }
    return new SlicedReduction(op, primitive, Cargo.of(from));
  }

  /** Where the result goes. */
  static Landing landing(MessageBuffer into) {
    return into == null ? Landing.NOWHERE : Landing.into(into);
  }
}
