package dev.vertxmpi.benchmarks.program;

/** The heap of this JVM. */
final class Heap {

  private static final int COLLECTIONS = 4;

  private Heap() {
  }

  /** Bytes that are left after collections: the smallest figure of several counts, for references die in steps. */
  static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }
}
