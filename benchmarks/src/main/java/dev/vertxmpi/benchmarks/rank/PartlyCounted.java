package dev.vertxmpi.benchmarks.rank;

/** Counts a part of each iteration. */
abstract class PartlyCounted extends Repeated {

  private long counted;

  @Override
  public final void begin(long iterations) {
    super.begin(iterations);
    counted = 0;
  }

  /** Counts what has passed since then, of {@link System#nanoTime}. */
  final void countSince(long start) {
    counted += System.nanoTime() - start;
  }

  @Override
  public final long counted(long whole) {
    return counted;
  }
}
