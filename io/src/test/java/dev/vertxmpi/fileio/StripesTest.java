package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StripesTest {

  private static Stripes stripes(long unit, int count) {
    return new Stripes(unit, new int[count]);
  }

  @Test
  void shouldDealStripesInTurn() {
    Stripes stripes = stripes(10, 3);
    assertEquals(0, stripes.owner(9));
    assertEquals(1, stripes.owner(10));
    assertEquals(2, stripes.owner(29));
    assertEquals(0, stripes.owner(30));
    assertEquals(10, stripes.local(30));
    assertEquals(30, stripes.offset(0, 10));
  }

  @Property
  void shouldGiveEachByteOnePlace(@ForAll @LongRange(min = 0, max = 1L << 60) long offset,
      @ForAll @LongRange(min = 1, max = 1L << 40) long unit, @ForAll @IntRange(min = 1, max = 64) int count) {
    Stripes stripes = stripes(unit, count);
    assertEquals(offset, stripes.offset(stripes.owner(offset), stripes.local(offset)));
  }

  @Property
  void shouldFindTheNextByteOfAnOwner(@ForAll @LongRange(min = 0, max = 10_000) long offset,
      @ForAll @LongRange(min = 1, max = 50) long unit, @ForAll @IntRange(min = 1, max = 9) int count,
      @ForAll @IntRange(min = 0, max = 8) int someOwner) {
    Stripes stripes = stripes(unit, count);
    int owner = someOwner % count;
    long expected = offset;
    while (stripes.owner(expected) != owner) {
      expected++;
    }
    assertEquals(expected - offset, stripes.distance(owner, offset));
  }

  @Test
  void shouldTakeTheLongestStripe() {
    Stripes stripes = stripes(Long.MAX_VALUE, 64);
    assertEquals(0, stripes.owner(1L << 40));
    assertTrue(stripes.distance(63, 0) > 0);
  }

  @Test
  void shouldCutARunAtTheEndOfTheFile() {
    Stripes stripes = stripes(10, 2);
    assertEquals(3, stripes.available(1, 5, 5, 18));
    assertEquals(0, stripes.available(1, 5, 5, 15));
    assertEquals(5, stripes.available(1, 5, 5, Long.MAX_VALUE));
  }
}
