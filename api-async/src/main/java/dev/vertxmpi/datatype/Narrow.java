package dev.vertxmpi.datatype;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Primitives of one and two bytes as ints, and back. */
final class Narrow {

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

  private Narrow() {
  }

  static void widen(Primitive primitive, byte[] packed, int[] wide, int count) {
    switch (primitive) {
      case BYTE -> {
        for (int i = 0; i < count; i++) {
          wide[i] = packed[i];
        }
      }
      case BOOLEAN -> {
        for (int i = 0; i < count; i++) {
          wide[i] = packed[i] == 0 ? 0 : 1;
        }
      }
      case SHORT -> {
        for (int i = 0; i < count; i++) {
          wide[i] = (short) SHORTS.get(packed, 2 * i);
        }
      }
      case CHAR -> {
        for (int i = 0; i < count; i++) {
          wide[i] = (short) SHORTS.get(packed, 2 * i) & 0xffff;
        }
      }
      default -> throw new IllegalArgumentException(primitive + " is not narrow");
    }
  }

  /** The low bits of each int. */
  static void cut(int[] wide, byte[] packed, int size, int count) {
    if (size == 1) {
      for (int i = 0; i < count; i++) {
        packed[i] = (byte) wide[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        SHORTS.set(packed, 2 * i, (short) wide[i]);
      }
    }
  }
}
