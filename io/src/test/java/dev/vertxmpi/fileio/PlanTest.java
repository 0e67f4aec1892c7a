package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void shouldTakeOneAggregatorOfEachJvm() {
    assertArrayEquals(new int[] {0, 2, 4}, Plan.aggregators(0, new long[] {7, 7, 8, 7, 9}));
    assertArrayEquals(new int[] {0}, Plan.aggregators(0, new long[] {7, 7, 7}));
  }

  @Test
  void shouldSpreadAggregatorsOverTheRanks() {
    assertArrayEquals(new int[] {0, 2}, Plan.aggregators(2, new long[5]));
    assertArrayEquals(new int[] {0, 1, 2}, Plan.aggregators(10, new long[3]));
  }

  @Test
  void shouldLimitTheNumberOfAggregators() {
    assertEquals(Plan.MAX_AGGREGATORS, Plan.aggregators(1000, new long[1000]).length);
  }

  @Property
  void shouldKeepToTheBufferSize(@ForAll @LongRange(min = 1, max = 1L << 34) long size,
      @ForAll @IntRange(min = 1, max = 8) int aggregators) {
    Plan plan = Plan.of(size, new Stripes(4096, new int[aggregators]));
    long asAggregator = plan.window() + 2L * plan.slots() * plan.piece();
    long asClient = 2L * aggregators * plan.piece();
    long limit = Math.max(8192, size);
    assertTrue(asAggregator + asClient <= limit + 16L * aggregators * 512, plan.toString());
    assertTrue(plan.chunk() <= Math.max(4096, size), plan.toString());
    assertTrue(plan.window() > 0 && plan.piece() >= 512 && plan.slots() > 0, plan.toString());
  }
}
