package dev.vertxmpi.benchmarks;

import java.util.List;
import java.util.Locale;

/** The programs that measure ranks against each other. Names, sizes and meaning are those of the OSU benchmarks. */
public enum Benchmark {

  /** Half of a round trip of one message. */
  LATENCY("us", List.of(8L, 4L << 10, 64L << 10, 1L << 20, 16L << 20)),
  /** A window of messages one way, then an acknowledgement. */
  BW("MB/s", List.of(8L, 4L << 10, 64L << 10, 1L << 20, 16L << 20)),
  /** A window of messages both ways at once. */
  BIBW("MB/s", List.of(8L, 4L << 10, 64L << 10, 1L << 20, 16L << 20)),
  /** Windows of messages over pairs of ranks: rank i sends to rank i + ranks / 2. */
  MBW_MR("messages/s", List.of(8L)),
  /** A barrier of all ranks. */
  BARRIER("us", List.of(0L)),
  /** Accept and connect of two groups of one, until the slower of both has its communicator. */
  CONNECT("us", List.of(0L)),
  /** Publish, lookup by the other rank, unpublish: in the scope of the job. */
  NAMES("us", List.of(0L)),
  /** The same in the scope of name servers. */
  NAMES_GLOBAL("us", List.of(0L));

  private final String unit;
  private final List<Long> sizes;

  Benchmark(String unit, List<Long> sizes) {
    this.unit = unit;
    this.sizes = sizes;
  }

  /**
   * The name on command lines and in results.
   *
   * @return in lower case
   */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What it counts in.
   *
   * @return us, MB/s (10^6 bytes) or messages/s
   */
  public String unit() {
    return unit;
  }

  /**
   * Whether a small figure is a good one.
   *
   * @return false for rates
   */
  public boolean isTime() {
    return unit.equals("us");
  }

  /**
   * The sizes that are measured where none is asked for.
   *
   * @return bytes
   */
  public List<Long> sizes() {
    return sizes;
  }

  /**
   * Whether messages have a size here.
   *
   * @return false for a barrier, and where only the library sends any
   */
  public boolean isSized() {
    return sizes.getFirst() > 0;
  }

  /**
   * Whether it is for two ranks and no more.
   *
   * @return true for a single pair
   */
  public boolean isForTwo() {
    return this != MBW_MR && this != BARRIER;
  }

  /**
   * The figure.
   *
   * @param run what was done in which time
   * @param size of a message in bytes
   * @param window messages that are under way at once
   * @param ranks of the job
   * @return in {@link #unit()}
   */
  public double figure(Timing run, long size, int window, int ranks) {
    double each = run.nanos() / run.iterations();
    return switch (this) {
      case LATENCY -> each / 2 / 1e3;
      case BARRIER, CONNECT, NAMES, NAMES_GLOBAL -> each / 1e3;
      case BW -> size * (double) window / each * 1e3;
      case BIBW -> 2 * size * (double) window / each * 1e3;
      case MBW_MR -> window * (ranks / 2.0) / each * 1e9;
    };
  }

  /**
   * Whether it is about dynamic processes, which not every peer can do.
   *
   * @return true where a peer may be left out
   */
  public boolean isDynamic() {
    return this == CONNECT || this == NAMES || this == NAMES_GLOBAL;
  }

  /**
   * What one measurement took.
   *
   * @param iterations round trips, windows, barriers, connections or names
   * @param nanos for all of them
   */
  public record Timing(long iterations, double nanos) {
  }
}
