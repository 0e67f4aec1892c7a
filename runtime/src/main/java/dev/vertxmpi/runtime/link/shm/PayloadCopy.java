package dev.vertxmpi.runtime.link.shm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Copies payloads into a ring: one call site for each sort of source, so that each is compiled for its own. */
final class PayloadCopy {

  /** Up to here a loop beats the call of a copy. */
  private static final int SHORT = 32;

  private PayloadCopy() {
  }

  static void in(MemorySegment from, long offset, MemorySegment ring, long at, int length) {
    if (length == 0) {
      return;
    }
    if (from.isNative()) {
      ofNative(from, offset, ring, at, length);
    } else if (from.heapBase().orElse(null) instanceof byte[]) {
      ofBytes(from, offset, ring, at, length);
    } else {
      ofOther(from, offset, ring, at, length);
    }
  }

  private static void ofNative(MemorySegment from, long offset, MemorySegment ring, long at, int length) {
    if (length > SHORT) {
      MemorySegment.copy(from, offset, ring, at, length);
      return;
    }
    int done = 0;
    for (; done <= length - 8; done += 8) {
      ring.set(ValueLayout.JAVA_LONG_UNALIGNED, at + done, from.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + done));
    }
    for (; done < length; done++) {
      ring.set(ValueLayout.JAVA_BYTE, at + done, from.get(ValueLayout.JAVA_BYTE, offset + done));
    }
  }

  private static void ofBytes(MemorySegment from, long offset, MemorySegment ring, long at, int length) {
    if (length > SHORT) {
      MemorySegment.copy(from, offset, ring, at, length);
      return;
    }
    int done = 0;
    for (; done <= length - 8; done += 8) {
      ring.set(ValueLayout.JAVA_LONG_UNALIGNED, at + done, from.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + done));
    }
    for (; done < length; done++) {
      ring.set(ValueLayout.JAVA_BYTE, at + done, from.get(ValueLayout.JAVA_BYTE, offset + done));
    }
  }

  private static void ofOther(MemorySegment from, long offset, MemorySegment ring, long at, int length) {
    MemorySegment.copy(from, offset, ring, at, length);
  }
}
