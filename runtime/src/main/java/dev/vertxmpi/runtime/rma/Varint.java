package dev.vertxmpi.runtime.rma;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Numbers of variable length: seven bits in a byte, the lowest first; the top bit says that more follow. Signed numbers
 * are folded so that small ones of either sign are short: 0, -1, 1, -2, 2 …
 */
final class Varint {

  private static final int LONGEST = 10;

  private final MemorySegment segment;
  private long position;

  /** A cursor at the beginning of a segment. */
  Varint(MemorySegment segment) {
    this.segment = segment;
  }

  static long fold(long signed) {
    return signed << 1 ^ signed >> 63;
  }

  static long unfold(long folded) {
    return folded >>> 1 ^ -(folded & 1);
  }

  static int length(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }

  void write(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      segment.set(ValueLayout.JAVA_BYTE, position++, (byte) (rest | 0x80));
      rest >>>= 7;
    }
    segment.set(ValueLayout.JAVA_BYTE, position++, (byte) rest);
  }

  /**
   * Reads a number that came from a peer.
   *
   * @throws IllegalArgumentException where the segment ends before the number does, or it has more than 64 bits
   */
  long read() {
    long value = 0;
    for (int i = 0; i < LONGEST; i++) {
      if (position >= segment.byteSize()) {
        throw new IllegalArgumentException("the frame ends within a number");
      }
      byte next = segment.get(ValueLayout.JAVA_BYTE, position++);
      value |= (next & 0x7fL) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of the frame is too long");
  }

  long position() {
    return position;
  }

  long remaining() {
    return segment.byteSize() - position;
  }
}
