package dev.vertxmpi.fileio;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads the run list of a piece that a peer sent, run by run, and believes nothing. */
final class RunList {

  private final MemorySegment piece;
  private final long low;
  private final long high;
  private final long end;
  private long at = PieceLayout.LIST;
  private long local;
  private long length;

  /**
   * A list.
   *
   * @param piece the message, as long as it arrived
   * @param low no run begins before this local position
   * @param high no run ends behind this local position
   */
  RunList(MemorySegment piece, long low, long high) {
    this.piece = piece;
    this.low = low;
    this.high = high;
    if (piece.byteSize() < PieceLayout.LIST) {
      throw malformed("it has only " + piece.byteSize() + " bytes");
    }
    long bytes = piece.get(PieceLayout.INT, PieceLayout.LIST_BYTES);
    if (bytes < 0 || bytes > piece.byteSize() - PieceLayout.LIST) {
      throw malformed("its list has " + bytes + " bytes");
    }
    this.end = PieceLayout.LIST + bytes;
  }

  /** Where the client goes on after this window. */
  long next() {
    long next = piece.get(PieceLayout.LONG, PieceLayout.NEXT);
    if (next < high) {
      throw malformed("it goes on at " + next + ", but the window ends at " + high);
    }
    return next;
  }

  /** Whether more pieces for this window follow. */
  boolean more() {
    return piece.get(PieceLayout.INT, PieceLayout.MORE) != 0;
  }

  /** What lies behind the list. */
  MemorySegment data() {
    return piece.asSlice(end);
  }

  boolean isEmpty() {
    return end == PieceLayout.LIST;
  }

  /** Goes back before the first run. */
  void rewind() {
    at = PieceLayout.LIST;
    local = 0;
    length = 0;
  }

  /** Goes to the next run; false where there is none. */
  boolean advance() {
    if (at == end) {
      return false;
    }
    local += length + PieceLayout.unzigzag(number());
    length = number();
    if (length < 1 || local < low || local > high || length > high - local) {
      throw malformed(length + " bytes at " + local + " lie outside the window " + low + " to " + high);
    }
    return true;
  }

  long local() {
    return local;
  }

  long length() {
    return length;
  }

  private long number() {
    long value = 0;
    for (int shift = 0; shift < 7 * PieceLayout.MAX_NUMBER; shift += 7) {
      if (at == end) {
        throw malformed("its list ends within a number");
      }
      byte next = piece.get(ValueLayout.JAVA_BYTE, at++);
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("a number has more than " + PieceLayout.MAX_NUMBER + " bytes");
  }

  static MpiException malformed(String why) {
    return new MpiException(ErrorClass.INTERN, "a piece of collective access is malformed: " + why);
  }
}
