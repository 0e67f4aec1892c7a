package dev.vertxmpi.benchmarks.rank;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Bytes that can be told from zeros and from each other. */
final class Filling {

  private Filling() {
  }

  private static byte at(long i) {
    return (byte) (i * 31 + 7);
  }

  static void fill(MemorySegment segment) {
    for (long i = 0; i < segment.byteSize(); i++) {
      segment.set(ValueLayout.JAVA_BYTE, i, at(i));
    }
  }

  static boolean fills(MemorySegment segment) {
    for (long i = 0; i < segment.byteSize(); i++) {
      if (segment.get(ValueLayout.JAVA_BYTE, i) != at(i)) {
        return false;
      }
    }
    return true;
  }
}
