package dev.vertxmpi.fileio;

import java.lang.foreign.MemorySegment;

/**
 * Cuts what a client has for one aggregator into windows, and those into pieces.
 *
 * <p>Views mostly ascend through the file; then a walk passes once over the part. Where a view jumps back and forth,
 * each window needs a walk over the whole part.
 */
final class Walk {

  private final Part part;
  private final Stripes stripes;
  private final int owner;
  private final Ranges ranges = new Ranges();
  private OwnedRuns runs;
  private long low;
  private long high;
  /** The first local position behind the window that was met so far. */
  private long next;
  private boolean more;

  Walk(Part part, Stripes stripes, int owner) {
    this.part = part;
    this.stripes = stripes;
    this.owner = owner;
    this.runs = start();
  }

  private OwnedRuns start() {
    return new OwnedRuns(part.view(), stripes, owner, part.from(), part.end());
  }

  /** Goes to a window: local positions from low up to high. */
  void window(long from, long end) {
    low = from;
    high = end;
    next = PieceLayout.NONE;
    if (!part.ascending()) {
      runs = start();
    }
  }

  /**
   * Writes head and list of the next piece.
   *
   * @param piece where to
   * @param limit of head, list and data together
   * @return how long head and list are
   */
  long fill(MemorySegment piece, long limit) {
    ranges.clear();
    more = false;
    long at = PieceLayout.LIST;
    long last = 0;
    while (runs.hasRun()) {
      long skip = toSkip();
      if (skip < 0) {
        break;
      }
      if (skip > 0) {
        runs.consume(skip);
        continue;
      }
      long difference = PieceLayout.zigzag(runs.local() - last);
      long room = limit - at - ranges.bytes() - PieceLayout.numberBytes(difference) - PieceLayout.MAX_NUMBER;
      if (room < 1) {
        more = true;
        break;
      }
      long length = Math.min(room, Math.min(runs.length(), high - runs.local()));
      at = PieceLayout.putNumber(piece, at, difference);
      at = PieceLayout.putNumber(piece, at, length);
      last = runs.local() + length;
      ranges.add(runs.position(), length);
      runs.consume(length);
    }
    piece.set(PieceLayout.LONG, PieceLayout.NEXT, more ? high : next);
    piece.set(PieceLayout.INT, PieceLayout.LIST_BYTES, (int) (at - PieceLayout.LIST));
    piece.set(PieceLayout.INT, PieceLayout.MORE, more ? 1 : 0);
    return at;
  }

  /** How much of the run does not belong to this window; negative where the window is over. */
  private long toSkip() {
    long local = runs.local();
    if (local >= high) {
      next = Math.min(next, local);
      return part.ascending() ? -1 : runs.length();
    }
    return local >= low ? 0 : Math.min(runs.length(), low - local);
  }

  /** Whether the window goes on after the piece that was filled last. */
  boolean more() {
    return more;
  }

  /** Where the client goes on after this window, known when there is no more. */
  long next() {
    return next;
  }

  /** Where the bytes of the piece that was filled last lie in the caller's buffer, packed. */
  Ranges ranges() {
    return ranges;
  }
}
