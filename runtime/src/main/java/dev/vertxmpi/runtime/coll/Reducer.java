package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.datatype.Reduction;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import java.lang.foreign.MemorySegment;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Combines operands. A partial result never changes once it is made, so it can be sent without a copy. */
interface Reducer {

  /** This rank's operand. */
  Parcel own();

  /** A place for what another rank sends. */
  Parcel empty();

  /** Combines; ranks of the left operand come before those of the right one. What is combined is of no use after. */
  Parcel combine(Parcel left, Parcel right);

  /** Elements in packed form, combined by a predefined operation. */
  record Packed(Op op, Primitive primitive, MemorySegment operand) implements Reducer {

    /** A piece of memory of the library. */
    record Piece(MemorySegment bytes) implements Parcel {
      @Override
      public Landing landing() {
        return Landing.into(bytes);
      }

      @Override
      public Cargo cargo() {
        return Cargo.of(bytes, true);
      }
    }

    @Override
    public Parcel own() {
      return new Piece(operand);
    }

    @Override
    public Parcel empty() {
      return new Piece(Staging.allocate(operand.byteSize()));
    }

    @Override
    public Parcel combine(Parcel left, Parcel right) {
      MemorySegment inout = Staging.copy(((Piece) right).bytes());
      Reduction.combine(op, primitive, ((Piece) left).bytes(), inout);
      return new Piece(inout);
    }
  }

  /** Operands of any length. */
  interface OfBytes extends Reducer {

    byte[] operand();

    @Override
    default Parcel own() {
      return new Parcel.OfBytes(operand());
    }

    @Override
    default Parcel empty() {
      return new Parcel.OfBytes(null);
    }
  }

  /** Values, combined by an operation of the user. */
  record Values(byte[] operand, Function<byte[], Object> decode, Function<Object, byte[]> encode,
      BinaryOperator<Object> op) implements OfBytes {

    @Override
    public Parcel combine(Parcel left, Parcel right) {
      Object result = op.apply(decode.apply(((Parcel.OfBytes) left).bytes()),
          decode.apply(((Parcel.OfBytes) right).bytes()));
      return new Parcel.OfBytes(encode.apply(result));
    }
  }
}
