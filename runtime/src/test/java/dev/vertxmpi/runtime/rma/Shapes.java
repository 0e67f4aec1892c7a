package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Order;
import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;

/** Datatypes for matrices of tests, and buffers of them. */
final class Shapes {

  private Shapes() {
  }

  /** Six elements of a primitive in several arrangements, all of one signature. */
  static List<Datatype> of(Primitive primitive) {
    Datatype element = Datatype.of(primitive);
    return List.of(
        Datatype.contiguous(6, element),
        Datatype.vector(3, 2, 5, element),
        Datatype.vector(6, 1, -2, element),
        Datatype.indexed(new long[] {1, 3, 2}, new long[] {9, 0, 5}, element),
        Datatype.subarray(new long[] {4, 5}, new long[] {2, 3}, new long[] {1, 1}, Order.C, element),
        Datatype.resized(Datatype.contiguous(6, element), 0, 7L * primitive.size() + 1));
  }

  /** Room for a number of elements of a datatype, and where the first begins. */
  static MessageBuffer room(Datatype type, long count, boolean heap) {
    long first = Math.max(0, -type.trueLowerBound());
    long bytes = first + type.trueLowerBound() + type.trueExtent() + Math.max(0, count - 1) * type.extent();
    if (type.extent() < 0 || type.trueLowerBound() < 0) {
      first = Math.max(first, -(type.trueLowerBound() + (count - 1) * Math.min(0, type.extent())));
      bytes += first;
    }
    long whole = Math.max(1, bytes);
    Memory memory = heap ? Memory.of(MemorySegment.ofArray(new long[(int) (whole + 7) / 8]))
        : Memory.allocate(MemoryKind.HOST, whole);
    return new MessageBuffer(memory, first, count, type);
  }

  /** The packed form of a buffer. */
  static byte[] packed(MessageBuffer buffer) {
    byte[] bytes = new byte[(int) buffer.bytes()];
    Packing.pack(buffer, 0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /** Fills a buffer with bytes that say where they come from. */
  static MessageBuffer fill(MessageBuffer buffer, long seed) {
    byte[] bytes = new byte[(int) buffer.bytes()];
    new Random(seed).nextBytes(bytes);
    Packing.unpack(MemorySegment.ofArray(bytes), buffer, 0);
    return buffer;
  }

  /** Fills a buffer with small numbers of a primitive. */
  static MessageBuffer fillNumbers(MessageBuffer buffer, Primitive primitive, int seed) {
    byte[] bytes = new byte[(int) buffer.bytes()];
    MemorySegment packed = MemorySegment.ofArray(bytes);
    int size = primitive.size();
    for (int i = 0; i < bytes.length / size; i++) {
      int value = primitive == Primitive.BOOLEAN ? (i + seed) % 2 : (i * 7 + seed) % 5 + 1;
      switch (primitive) {
        case BYTE, BOOLEAN -> packed.set(ValueLayout.JAVA_BYTE, i, (byte) value);
        case CHAR, SHORT -> packed.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, (short) value);
        case INT -> packed.set(ValueLayout.JAVA_INT_UNALIGNED, 4L * i, value);
        case LONG -> packed.set(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i, value);
        case FLOAT -> packed.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, value);
        case DOUBLE -> packed.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8L * i, value);
      }
    }
    Packing.unpack(packed, buffer, 0);
    return buffer;
  }
}
