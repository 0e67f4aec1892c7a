package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.datatype.Primitive;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.Function;

/**
 * Values that predefined operations combine element by element: primitive arrays and boxed numbers, as packed data.
 *
 * @param primitive of the elements
 * @param packed a copy of them
 * @param unpack makes a value of the same class from packed data
 */
record Elements(Primitive primitive, MemorySegment packed, Function<MemorySegment, Object> unpack) {

  private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

  /** The elements of a value, or null where it has none. */
  static Elements of(Object value) {
    return switch (value) {
      case byte[] a -> array(Primitive.BYTE, MemorySegment.ofArray(a), s -> s.toArray(ValueLayout.JAVA_BYTE));
      case boolean[] a -> array(Primitive.BOOLEAN, MemorySegment.ofArray(bytes(a)), Elements::booleans);
      case char[] a -> array(Primitive.CHAR, MemorySegment.ofArray(a),
          s -> s.toArray(ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(NATIVE)));
      case short[] a -> array(Primitive.SHORT, MemorySegment.ofArray(a),
          s -> s.toArray(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(NATIVE)));
      case int[] a -> array(Primitive.INT, MemorySegment.ofArray(a),
          s -> s.toArray(ValueLayout.JAVA_INT_UNALIGNED.withOrder(NATIVE)));
      case long[] a -> array(Primitive.LONG, MemorySegment.ofArray(a),
          s -> s.toArray(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(NATIVE)));
      case float[] a -> array(Primitive.FLOAT, MemorySegment.ofArray(a),
          s -> s.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(NATIVE)));
      case double[] a -> array(Primitive.DOUBLE, MemorySegment.ofArray(a),
          s -> s.toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(NATIVE)));
      default -> single(value);
    };
  }

  private static Elements single(Object value) {
    return switch (value) {
      case Byte n -> of(new byte[] {n}).first(a -> ((byte[]) a)[0]);
      case Boolean b -> of(new boolean[] {b}).first(a -> ((boolean[]) a)[0]);
      case Character c -> of(new char[] {c}).first(a -> ((char[]) a)[0]);
      case Short n -> of(new short[] {n}).first(a -> ((short[]) a)[0]);
      case Integer n -> of(new int[] {n}).first(a -> ((int[]) a)[0]);
      case Long n -> of(new long[] {n}).first(a -> ((long[]) a)[0]);
      case Float n -> of(new float[] {n}).first(a -> ((float[]) a)[0]);
      case Double n -> of(new double[] {n}).first(a -> ((double[]) a)[0]);
      default -> null;
    };
  }

  private static Elements array(Primitive primitive, MemorySegment array, Function<MemorySegment, Object> unpack) {
    return new Elements(primitive, Staging.copy(array), unpack);
  }

  private Elements first(Function<Object, Object> first) {
    return new Elements(primitive, packed, unpack.andThen(first));
  }

  long count() {
    return packed.byteSize() / primitive.size();
  }

  private static byte[] bytes(boolean[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return bytes;
  }

  private static Object booleans(MemorySegment packed) {
    boolean[] values = new boolean[(int) packed.byteSize()];
    for (int i = 0; i < values.length; i++) {
      values[i] = packed.get(ValueLayout.JAVA_BYTE, i) != 0;
    }
    return values;
  }
}
