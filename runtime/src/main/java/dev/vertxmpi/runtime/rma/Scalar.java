package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.Primitive;

/** Boxed numbers as bits, and back. */
final class Scalar {

  private Scalar() {
  }

  /** The primitive of a boxed number. */
  static Primitive primitive(Number value) {
    return switch (value) {
      case Byte b -> Primitive.BYTE;
      case Short s -> Primitive.SHORT;
      case Integer i -> Primitive.INT;
      case Long l -> Primitive.LONG;
      case Float f -> Primitive.FLOAT;
      case Double d -> Primitive.DOUBLE;
      default -> throw new MpiException(ErrorClass.TYPE, "value must be a Byte, Short, Integer, Long, Float or Double, "
          + "but is a " + value.getClass().getName());
    };
  }

  static long bits(Number value) {
    return switch (value) {
      case Float f -> Float.floatToRawIntBits(f);
      case Double d -> Double.doubleToRawLongBits(d);
      default -> value.longValue();
    };
  }

  /** The number that some bits stand for. */
  static Number number(Primitive primitive, long bits) {
    return switch (primitive) {
      case BYTE -> (byte) bits;
      case SHORT -> (short) bits;
      case INT -> (int) bits;
      case LONG -> bits;
      case FLOAT -> Float.intBitsToFloat((int) bits);
      case DOUBLE -> Double.longBitsToDouble(bits);
      default -> throw new IllegalArgumentException(primitive + " has no boxed number");
    };
  }
}
