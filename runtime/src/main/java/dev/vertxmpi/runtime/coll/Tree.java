package dev.vertxmpi.runtime.coll;

import java.util.ArrayList;
import java.util.List;

/**
 * The binomial tree on the ranks: each rank's parent is the rank with its lowest bit cleared.
 *
 * <pre>
 *   0 --- 1                    the subtree of a rank is a run of ranks that begins with it,
 *   |---- 2 --- 3              so partial results combine in the order of the ranks
 *   '---- 4 --- 5
 *         '---- 6 --- 7
 * </pre>
 */
final class Tree {

  private Tree() {
  }

  /** The parent of a rank that is not 0. */
  static int parent(int rank) {
    return rank & (rank - 1);
  }

  /** The children in the order of their ranks. */
  static List<Integer> children(int rank, int size) {
    List<Integer> children = new ArrayList<>();
    for (int bit = 1; (rank & bit) == 0 && bit < size - rank && bit > 0; bit <<= 1) {
      children.add(rank + bit);
    }
    return children;
  }
}
