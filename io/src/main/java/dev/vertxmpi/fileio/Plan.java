package dev.vertxmpi.fileio;

import dev.vertxmpi.io.FileOptions;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How the ranks of a file share the work of collective access. Every rank makes the same plan from the same votes.
 *
 * <pre>
 *   buffers of one access in a rank that is client and aggregator: at most bufferSize
 *
 *   |window of an aggregator: 1/2                |pieces that arrive: 1/4|pieces that leave: 1/4|
 * </pre>
 *
 * @param stripes who owns what
 * @param window how much an aggregator works on at a time, in bytes of its own
 * @param piece the longest message
 * @param slots how many messages an aggregator takes at a time
 * @param chunk the longest step of independent access
 */
record Plan(Stripes stripes, int window, int piece, int slots, int chunk) {

  /** More than these would cost more in messages than they gain. */
  static final int MAX_AGGREGATORS = 64;

  private static final long MIN_BUFFERS = 4096;
  private static final long MAX_WINDOW = 8 << 20;
  private static final long MAX_PIECE = 1 << 20;
  private static final long MIN_PIECE = 512;
  private static final long MAX_CHUNK = 4 << 20;

  static Plan of(long bufferSize, Stripes stripes) {
    long buffers = Math.max(MIN_BUFFERS, bufferSize);
    long piece = Math.clamp(buffers / 8 / stripes.count(), MIN_PIECE, MAX_PIECE);
    return new Plan(stripes, (int) Math.min(MAX_WINDOW, buffers / 2), (int) piece,
        (int) Math.max(1, buffers / 8 / piece), (int) Math.min(MAX_CHUNK, buffers));
  }

  /**
   * The ranks that aggregate.
   *
   * @param asked as in {@link FileOptions#getAggregators}
   * @param jvms for each rank, a number that tells its JVM from others
   */
  static int[] aggregators(int asked, long[] jvms) {
    if (asked > 0) {
      int count = Math.min(Math.min(asked, MAX_AGGREGATORS), jvms.length);
      return IntStream.range(0, count).map(i -> (int) ((long) i * jvms.length / count)).toArray();
    }
    Set<Long> seen = new HashSet<>();
    return IntStream.range(0, jvms.length).filter(rank -> seen.add(jvms[rank]))
        .limit(MAX_AGGREGATORS).toArray();
  }
}
