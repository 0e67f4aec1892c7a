package dev.vertxmpi.fileio;

import dev.vertxmpi.io.FileOptions;

/**
 * What every rank knows of a collective access when all have called: who has how much for whom.
 *
 * <pre>
 *   facts of a vote   0 bytes of the rank   1 last byte in the file   2 + a: first local position at aggregator a
 * </pre>
 */
record Exchange(Plan plan, Votes votes) {

  private static final int BYTES = 0;
  private static final int LAST = 1;
  private static final int FIRST = 2;
  /** Head and data of a piece with one byte in each run take no more than this for each byte. */
  private static final long WORST = 1 + 2 * PieceLayout.MAX_NUMBER;

  static int facts(Stripes stripes) {
    return FIRST + stripes.count();
  }

  /** What a rank tells of its part. */
  static long[] facts(Part part, Stripes stripes) {
    Part.Extent extent = part.extent(stripes);
    long[] facts = new long[facts(stripes)];
    facts[BYTES] = part.bytes();
    facts[LAST] = extent.last();
    System.arraycopy(extent.first(), 0, facts, FIRST, extent.first().length);
    return facts;
  }

  boolean isEmpty() {
    return votes.max(BYTES) == 0;
  }

  /** Local position of the first byte that a rank has for an aggregator. */
  long first(int rank, int owner) {
    return votes.fact(rank, FIRST + owner);
  }

  /** Local position of the first byte that any rank has for an aggregator. */
  long first(int owner) {
    return votes.min(FIRST + owner);
  }

  /** Behind the last local position of an aggregator that any rank has something for. */
  long end(int owner) {
    Stripes stripes = plan.stripes();
    long last = votes.max(LAST);
    long row = last / stripes.unit() / stripes.count();
    int ending = stripes.owner(last);
    if (owner == ending) {
      return stripes.local(last) + 1;
    }
    return owner < ending ? (row + 1) * stripes.unit() : row * stripes.unit();
  }

  /** Where a window ends that begins at a local position. */
  long windowEnd(long start) {
    return start > Long.MAX_VALUE - plan.window() ? Long.MAX_VALUE : start + plan.window();
  }

  /** The longest piece that a rank with so many bytes sends. */
  long piece(long bytes) {
    return bytes > plan.piece() ? plan.piece() : Math.min(plan.piece(), PieceLayout.LIST + WORST * bytes);
  }

  /** The longest piece that anybody sends. */
  long piece() {
    return piece(votes.max(BYTES));
  }

  /** The number of messages that an aggregator takes at a time; see {@link FileOptions#getBufferSize}. */
  int slots() {
    return Math.min(plan.slots(), votes.size());
  }
}
