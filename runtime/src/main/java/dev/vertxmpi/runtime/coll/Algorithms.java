package dev.vertxmpi.runtime.coll;

/**
 * Which algorithm a collective uses: a pure function of what all ranks know.
 *
 * <pre>
 *   collective   ranks            bytes              algorithm
 *   barrier      on one host                         a board, where all spin; else
 *                a power of two                      in pairs (recursive doubling): log n steps
 *                others                              up and down the tree: 2 log n steps
 *   allreduce    a power of two   up to 64 KiB       in pairs
 *                                 more than 64 KiB   in slices: each rank combines one and sends it to all
 *                others           up to 64 KiB       up and down the tree
 *   reduce                        up to 64 KiB       up the tree
 *                                 more               in slices, then to the root
 *   bcast                         up to 256 KiB      down the tree
 *                                 more, or unknown   values: down the tree; buffers: along a chain, in pieces
 *   gather                                           straight to the root
 *   allgather    up to 8                             straight to all
 *                more             up to 4 KiB        together, up and down the tree
 *                                 more               straight to all
 * </pre>
 */
final class Algorithms {

  private static final long SHORT = 64 << 10;
  private static final long PIPELINED = 256 << 10;

  /** Up to so many ranks, all send to all. */
  private static final int STRAIGHT = 8;

  /** Pieces of a chain, at least and at most. */
  private static final long LEAST_PIECE = 256 << 10;
  private static final long MOST_PIECE = 4 << 20;
  private static final int PIECES = 64;

  private Algorithms() {
  }

  static boolean exchangesInPairs(int size, long bytes) {
    return Integer.bitCount(size) == 1 && bytes <= SHORT;
  }

  static boolean isSliced(int size, long bytes) {
    return size > 1 && bytes > SHORT;
  }

  static boolean isPipelined(int size, long bytes) {
    return size > 2 && bytes > PIPELINED;
  }

  static boolean isBundled(int size) {
    return size > STRAIGHT;
  }

  static long piece(long bytes) {
    return Math.clamp(bytes / PIECES, LEAST_PIECE, MOST_PIECE);
  }
}
