package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.datatype.Reduction;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Combines data into a window, atomically per element.
 *
 * <p>Who applies what is a pure function of primitive, alignment and memory: aligned elements of four and eight bytes
 * go by compare-and-swap, so that others may apply them at the same time; all others plainly, because only the
 * target's domain touches them. Memory over a heap array is aligned as its elements are.
 */
final class Accumulator {

  private static final VarHandle INTS = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle LONGS = ValueLayout.JAVA_LONG.varHandle();

  /** Plain blocks from this length on are combined as a whole. */
  private static final long LONG_BLOCK = 256;

  private Accumulator() {
  }

  /** Whether elements from a place on are combined by compare-and-swap. */
  static boolean isSwapped(Primitive primitive, MemorySegment window, long place) {
    int size = primitive.size();
    return size >= Integer.BYTES && window.asSlice(place).maxByteAlignment() >= size;
  }

  /**
   * Combines a block.
   *
   * @param op predefined, applies to the primitive
   * @param primitive of the elements
   * @param window the target's memory
   * @param place of the block in it
   * @param data packed, aligned or not
   * @param packed where the operands begin in it
   * @param length in bytes, whole elements
   */
  static void apply(Op op, Primitive primitive, MemorySegment window, long place, MemorySegment data, long packed,
      long length) {
    if (!isSwapped(primitive, window, place)) {
      plain(op, primitive, window, place, data, packed, length);
    } else if (primitive.size() == Long.BYTES) {
      longs(op, primitive, window, place, data, packed, length);
    } else {
      ints(op, primitive, window, place, data, packed, length);
    }
  }

  /**
   * Combines one element.
   *
   * @return the bits that were there, the other bits 0
   */
  static long fetch(Op op, Primitive primitive, MemorySegment window, long place, long operand) {
    if (!isSwapped(primitive, window, place)) {
      long current = read(primitive.size(), window, place);
      write(primitive.size(), window, place, Reduction.combineBits(op, primitive, current, operand));
      return current;
    }
    return primitive.size() == Long.BYTES
        ? swapLong(op, primitive, window, place, operand)
        : Integer.toUnsignedLong(swapInt(op, primitive, window, place, (int) operand));
  }

  private static void plain(Op op, Primitive primitive, MemorySegment window, long place, MemorySegment data,
      long packed, long length) {
    if (length >= LONG_BLOCK) {
      Reduction.combine(op, primitive, data.asSlice(packed, length), window.asSlice(place, length));
      return;
    }
    int size = primitive.size();
    for (long i = 0; i < length; i += size) {
      long current = read(size, window, place + i);
      write(size, window, place + i, Reduction.combineBits(op, primitive, current, read(size, data, packed + i)));
    }
  }

  private static void longs(Op op, Primitive primitive, MemorySegment window, long place, MemorySegment data,
      long packed, long length) {
    boolean sum = primitive == Primitive.LONG && op == Op.SUM;
    for (long i = 0; i < length; i += Long.BYTES) {
      long operand = data.get(ValueLayout.JAVA_LONG_UNALIGNED, packed + i);
      if (sum) {
        long ignored = (long) LONGS.getAndAdd(window, place + i, operand);
      } else {
        swapLong(op, primitive, window, place + i, operand);
      }
    }
  }

  private static void ints(Op op, Primitive primitive, MemorySegment window, long place, MemorySegment data,
      long packed, long length) {
    boolean sum = primitive == Primitive.INT && op == Op.SUM;
    for (long i = 0; i < length; i += Integer.BYTES) {
      int operand = data.get(ValueLayout.JAVA_INT_UNALIGNED, packed + i);
      if (sum) {
        int ignored = (int) INTS.getAndAdd(window, place + i, operand);
      } else {
        swapInt(op, primitive, window, place + i, operand);
      }
    }
  }

  private static long swapLong(Op op, Primitive primitive, MemorySegment window, long place, long operand) {
    while (true) {
      long current = (long) LONGS.getVolatile(window, place);
      if (LONGS.compareAndSet(window, place, current, Reduction.combineBits(op, primitive, current, operand))) {
        return current;
      }
    }
  }

  private static int swapInt(Op op, Primitive primitive, MemorySegment window, long place, int operand) {
    while (true) {
      int current = (int) INTS.getVolatile(window, place);
      if (INTS.compareAndSet(window, place, current, (int) Reduction.combineBits(op, primitive, current, operand))) {
        return current;
      }
    }
  }

  private static long read(int size, MemorySegment from, long at) {
    return switch (size) {
      case Byte.BYTES -> Byte.toUnsignedLong(from.get(ValueLayout.JAVA_BYTE, at));
      case Short.BYTES -> Short.toUnsignedLong(from.get(ValueLayout.JAVA_SHORT_UNALIGNED, at));
      case Integer.BYTES -> Integer.toUnsignedLong(from.get(ValueLayout.JAVA_INT_UNALIGNED, at));
      default -> from.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
    };
  }

  private static void write(int size, MemorySegment to, long at, long bits) {
    switch (size) {
      case Byte.BYTES -> to.set(ValueLayout.JAVA_BYTE, at, (byte) bits);
      case Short.BYTES -> to.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) bits);
      case Integer.BYTES -> to.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) bits);
      default -> to.set(ValueLayout.JAVA_LONG_UNALIGNED, at, bits);
    }
  }
}
