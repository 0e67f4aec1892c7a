package dev.vertxmpi.runtime.coll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TreeTest {

  private static void visit(int rank, int size, List<Integer> seen) {
    seen.add(rank);
    for (int child : Tree.children(rank, size)) {
      assertEquals(rank, Tree.parent(child));
      visit(child, size, seen);
    }
  }

  /** A walk, children in order, meets all ranks in order: so partial results combine in the order of the ranks. */
  @Property
  void shouldHoldEveryRankOnceAndInOrder(@ForAll @IntRange(min = 1, max = 300) int size) {
    List<Integer> seen = new ArrayList<>();
    visit(0, size, seen);
    assertEquals(IntStream.range(0, size).boxed().toList(), seen);
  }
}
