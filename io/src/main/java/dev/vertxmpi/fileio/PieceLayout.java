package dev.vertxmpi.fileio;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A message of a client to an aggregator: some of the places in the file that it wants to write, with the data, or
 * wants to read.
 *
 * <pre>
 *    0  long  next   local position of the client's first byte behind this window; NONE: it has no more
 *    8  int   bytes of the run list
 *   12  int   1: more pieces for this window follow at once
 *   16        run list: for each run, where it begins (difference to the end of the one before) and its length,
 *             both as numbers of 7 bits a byte, lowest first, the difference with its sign in the lowest bit
 *             data of all runs (write only)
 * </pre>
 *
 * An aggregator answers what a client wants to read with
 *
 * <pre>
 *    0  long  file offset at which the file ends as far as the aggregator knows; FAILED: it could not read
 *    8        data of the runs, without what lies behind that end
 * </pre>
 *
 * and asks for the next window with
 *
 * <pre>
 *    0  long  local position at which the window begins; STOP: the operation has failed
 * </pre>
 *
 * Numbers are little-endian.
 */
final class PieceLayout {

  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  static final long NEXT = 0;
  static final long LIST_BYTES = 8;
  static final long MORE = 12;
  static final long LIST = 16;

  static final long END_OF_FILE = 0;
  static final long DATA = 8;

  /** As next position: there is none. */
  static final long NONE = Long.MAX_VALUE;
  /** As end of the file: it could not be read. */
  static final long FAILED = -1;
  /** As beginning of a window: there will be none. */
  static final long STOP = -1;

  /** A number takes no more bytes than this. */
  static final int MAX_NUMBER = 10;

  private PieceLayout() {
  }

  static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  /** How many bytes a number takes. */
  static int numberBytes(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  /** Writes a number. Returns the position behind it. */
  static long putNumber(MemorySegment message, long at, long value) {
    long position = at;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      message.set(ValueLayout.JAVA_BYTE, position++, (byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    message.set(ValueLayout.JAVA_BYTE, position++, (byte) rest);
    return position;
  }
}
