package dev.vertxmpi.datatype;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies short blocks at regular distances between native memory and an array.
 *
 * <p>The twin of {@link StridedHeap}, word for word: a loop that meets both sorts of memory runs ten times slower.
 */
final class StridedNative {

  private StridedNative() {
  }

  static void gather(MemorySegment from, long offset, long stride, int blockBytes, byte[] to, int count) {
    switch (blockBytes) {
      case Long.BYTES -> {
        for (int i = 0; i < count; i++) {
          Strided.LONGS.set(to, i * Long.BYTES, from.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + i * stride));
        }
      }
      case Integer.BYTES -> {
        for (int i = 0; i < count; i++) {
          Strided.INTS.set(to, i * Integer.BYTES, from.get(ValueLayout.JAVA_INT_UNALIGNED, offset + i * stride));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset + i * stride, to, i * blockBytes, blockBytes);
        }
      }
    }
  }

  static void scatter(byte[] from, MemorySegment to, long offset, long stride, int blockBytes, int count) {
    switch (blockBytes) {
      case Long.BYTES -> {
        for (int i = 0; i < count; i++) {
          to.set(ValueLayout.JAVA_LONG_UNALIGNED, offset + i * stride, (long) Strided.LONGS.get(from, i * Long.BYTES));
        }
      }
      case Integer.BYTES -> {
        for (int i = 0; i < count; i++) {
          to.set(ValueLayout.JAVA_INT_UNALIGNED, offset + i * stride, (int) Strided.INTS.get(from, i * Integer.BYTES));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          MemorySegment.copy(from, i * blockBytes, to, ValueLayout.JAVA_BYTE, offset + i * stride, blockBytes);
        }
      }
    }
  }
}
