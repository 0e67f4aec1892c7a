package dev.vertxmpi.datatype;

import java.util.List;

/** Compares lists of runs. */
final class Runs {

  private Runs() {
  }

  /**
   * Whether two lists say the same block by block. The same blocks may be grouped into runs in several ways, but blocks
   * that touch are always one.
   */
  static boolean samePlaces(List<Run> left, List<Run> right) {
    int i = 0;
    int j = 0;
    long doneLeft = 0;
    long doneRight = 0;
    while (i < left.size() && j < right.size()) {
      Run a = left.get(i);
      Run b = right.get(j);
      long common = commonBlocks(a, doneLeft, b, doneRight);
      if (common == 0) {
        return false;
      }
      doneLeft += common;
      doneRight += common;
      if (doneLeft == a.count()) {
        doneLeft = 0;
        i++;
      }
      if (doneRight == b.count()) {
        doneRight = 0;
        j++;
      }
    }
    return i == left.size() && j == right.size();
  }

  /** How many blocks may be skipped at once because they are the same; 0 where the next ones differ. */
  private static long commonBlocks(Run a, long doneA, Run b, long doneB) {
    if (a.primitive() != b.primitive() || a.blockLength() != b.blockLength()
        || a.offset() + doneA * a.stride() != b.offset() + doneB * b.stride()) {
      return 0;
    }
    return a.stride() == b.stride() ? Math.min(a.count() - doneA, b.count() - doneB) : 1;
  }
}
