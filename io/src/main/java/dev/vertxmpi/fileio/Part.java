package dev.vertxmpi.fileio;

import dev.vertxmpi.io.FileView;
import java.util.Arrays;

/**
 * The part of a view that one access is about.
 *
 * @param view places in the file
 * @param ascending whether no byte of the view lies before another that comes earlier in the view, nor twice in it
 * @param from first byte, counted without the gaps of the view
 * @param bytes how many
 */
record Part(FileView view, boolean ascending, long from, long bytes) {

  /** Behind the last byte. */
  long end() {
    return from + bytes;
  }

  /** The same part, as others need to know it. */
  Extent extent(Stripes stripes) {
    long[] first = new long[stripes.count()];
    Arrays.fill(first, PieceLayout.NONE);
    int missing = stripes.count();
    long last = -1;
    RunCursor cursor = new RunCursor(view, from, end());
    while (cursor.hasRun()) {
      if (missing == 0 && ascending) {
        return new Extent(Math.max(last, lastByte()), first);
      }
      long offset = cursor.offset();
      long length = Math.min(cursor.length(), stripes.left(offset));
      int owner = stripes.owner(offset);
      missing -= first[owner] == PieceLayout.NONE ? 1 : 0;
      first[owner] = Math.min(first[owner], stripes.local(offset));
      last = Math.max(last, offset + length - 1);
      cursor.consume(length);
    }
    return new Extent(last, first);
  }

  private long lastByte() {
    RunCursor cursor = new RunCursor(view, end() - 1, end());
    return cursor.hasRun() ? cursor.offset() : -1;
  }

  /**
   * How far a part reaches.
   *
   * @param last offset of its last byte in the file; -1 where it has none
   * @param first local position of its first byte at each owner; {@link PieceLayout#NONE} where the owner has none
   */
  record Extent(long last, long... first) {
  }
}
