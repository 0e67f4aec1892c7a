package dev.vertxmpi.datatype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DatatypeTest {

  @Test
  void shouldBeOneBlockHoweverContiguousIsNested() {
    Datatype nested = Datatype.contiguous(5, Datatype.contiguous(3, Datatype.contiguous(2, Datatype.INT)));
    assertEquals(List.of(new Run(0, Primitive.INT, 30, 1, 0)), nested.runs());
    assertTrue(nested.isContiguous());
    assertEquals(Datatype.contiguous(30, Datatype.INT), nested);
    assertEquals(Optional.of(Primitive.INT), nested.primitive());
  }

  @Test
  void shouldBeOneRunForRowsOfAMatrix() {
    Datatype rows = Datatype.subarray(new long[] {100, 80}, new long[] {10, 20}, new long[] {5, 6}, Order.C,
        Datatype.DOUBLE);
    assertEquals(List.of(new Run((5 * 80 + 6) * 8, Primitive.DOUBLE, 20, 10, 640)), rows.runs());
    assertEquals(100 * 80 * 8, rows.extent());
    assertEquals(0, rows.lowerBound());
  }

  @Test
  void shouldBeOneBlockForWholeRows() {
    Datatype rows = Datatype.subarray(new long[] {100, 80}, new long[] {10, 80}, new long[] {5, 0}, Order.C,
        Datatype.DOUBLE);
    assertEquals(List.of(new Run(5 * 80 * 8, Primitive.DOUBLE, 800, 1, 0)), rows.runs());
  }

  @Test
  void shouldCountTheFirstIndexFastestInFortranOrder() {
    Datatype block = Datatype.subarray(new long[] {4, 3}, new long[] {2, 2}, new long[] {1, 1}, Order.FORTRAN,
        Datatype.BYTE);
    assertEquals(List.of(new Run(5, Primitive.BYTE, 2, 2, 4)), block.runs());
  }

  @Test
  void shouldFindTheRegularityOfIndexedBlocks() {
    Datatype indexed = Datatype.indexed(new long[] {2, 2, 2, 1, 3}, new long[] {0, 5, 10, 15, 16}, Datatype.SHORT);
    assertEquals(List.of(new Run(0, Primitive.SHORT, 2, 3, 10), new Run(30, Primitive.SHORT, 4, 1, 0)),
        indexed.runs());
  }

  @Test
  void shouldKeepTheOrderOfTheTypeMap() {
    Datatype backwards = Datatype.hindexed(new long[] {1, 1, 1}, new long[] {8, 4, 0}, Datatype.INT);
    assertEquals(List.of(new Run(8, Primitive.INT, 1, 3, -4)), backwards.runs());
    assertFalse(backwards.isContiguous());
    assertNotEquals(Datatype.contiguous(3, Datatype.INT), backwards);
  }

  @Test
  void shouldRoundTheExtentOfAStructUpAsCDoes() {
    Datatype struct = Datatype.struct(new long[] {1, 1}, new long[] {0, 8}, List.of(Datatype.DOUBLE, Datatype.BYTE));
    assertEquals(16, struct.extent());
    assertEquals(9, struct.trueExtent());
    assertEquals(9, struct.size());
    assertEquals(Optional.empty(), struct.primitive());
    assertFalse(struct.isContiguous());
    assertEquals(32, Datatype.contiguous(2, struct).extent());
  }

  @Test
  void shouldBeContiguousWithSeveralPrimitivesWithoutGaps() {
    Datatype struct = Datatype.struct(new long[] {2, 1}, new long[] {0, 8}, List.of(Datatype.INT, Datatype.LONG));
    assertTrue(struct.isContiguous());
    assertTrue(Datatype.contiguous(1000, struct).isContiguous());
  }

  @Test
  void shouldLetExplicitBoundsWin() {
    Datatype wide = Datatype.resized(Datatype.INT, -4, 32);
    assertEquals(-4, wide.lowerBound());
    assertEquals(32, wide.extent());
    assertEquals(0, wide.trueLowerBound());
    assertEquals(4, wide.trueExtent());
    Datatype struct = Datatype.struct(new long[] {1, 1}, new long[] {0, 100}, List.of(wide, Datatype.DOUBLE));
    assertEquals(-4, struct.lowerBound());
    assertEquals(32, struct.extent());
    assertEquals(108, struct.trueExtent());
  }

  @Test
  void shouldHaveNoDataWithoutElements() {
    Datatype nothing = Datatype.contiguous(0, Datatype.INT);
    assertEquals(0, nothing.size());
    assertEquals(0, nothing.extent());
    assertEquals(List.of(), nothing.runs());
    assertEquals(Optional.empty(), nothing.primitive());
    assertTrue(nothing.isContiguous());
    assertEquals(nothing, Datatype.vector(3, 0, 7, Datatype.DOUBLE));
  }

  @Test
  void shouldReachBeyondTwoGibibytes() {
    Datatype column = Datatype.vector(3_000_000_000L, 1, 100_000, Datatype.DOUBLE);
    assertEquals(2_999_999_999L * 800_000 + 8, column.extent());
    assertEquals(24_000_000_000L, column.size());
    assertEquals(List.of(new Run(0, Primitive.DOUBLE, 1, 3_000_000_000L, 800_000)), column.runs());
  }

  @Test
  void shouldStaySmallHoweverOftenItIsRepeated() {
    Datatype pair = Datatype.struct(new long[] {1, 1}, new long[] {0, 8}, List.of(Datatype.INT, Datatype.DOUBLE));
    Datatype many = Datatype.contiguous(1L << 55, pair);
    assertEquals(12L << 55, many.size());
    assertEquals(many, Datatype.contiguous(1L << 30, Datatype.contiguous(1L << 25, pair)));
    assertEquals(ErrorClass.TYPE, assertThrows(MpiException.class, many::runs).errorClass());
  }

  @Test
  void shouldRefuseNegativeCounts() {
    assertFails(ErrorClass.COUNT, "count must not be negative, but is -1", () -> Datatype.contiguous(-1, Datatype.INT));
    assertFails(ErrorClass.COUNT, "blockLength", () -> Datatype.vector(1, -2, 1, Datatype.INT));
    assertFails(ErrorClass.COUNT, "blockLengths[1]",
        () -> Datatype.indexed(new long[] {1, -1}, new long[] {0, 0}, Datatype.INT));
  }

  @Test
  void shouldRefuseListsOfDifferentLengths() {
    assertFails(ErrorClass.ARG, "displacements", () -> Datatype.indexed(new long[1], new long[2], Datatype.INT));
    assertFails(ErrorClass.ARG, "elements", () -> Datatype.struct(new long[1], new long[1], List.of()));
    assertFails(ErrorClass.ARG, "starts",
        () -> Datatype.subarray(new long[] {1}, new long[] {1}, new long[0], Order.C, Datatype.INT));
  }

  @Test
  void shouldRefusePartsOutsideTheirArray() {
    assertFails(ErrorClass.ARG, "dimension 0", () -> part(4, 2, 3));
    assertFails(ErrorClass.ARG, "dimension 0", () -> part(4, 5, 0));
    assertFails(ErrorClass.ARG, "dimension 0", () -> part(4, 0, 0));
    assertFails(ErrorClass.ARG, "dimension 0", () -> part(4, 2, -1));
    assertFails(ErrorClass.ARG, "dimension 0", () -> part(4, 2, Long.MAX_VALUE));
    assertFails(ErrorClass.ARG, "one dimension",
        () -> Datatype.subarray(new long[0], new long[0], new long[0], Order.C, Datatype.INT));
  }

  @Test
  void shouldRefuseWhatReachesBeyondTheAddressSpace() {
    long huge = Long.MAX_VALUE;
    assertFails(ErrorClass.ARG, "2^63", () -> Datatype.contiguous(huge, Datatype.INT));
    assertFails(ErrorClass.ARG, "2^63",
        () -> Datatype.contiguous(1L << 32, Datatype.contiguous(1L << 31, Datatype.BYTE)));
    assertFails(ErrorClass.ARG, "2^63", () -> Datatype.vector(3, 1, huge, Datatype.INT));
    assertFails(ErrorClass.ARG, "2^63", () -> Datatype.hvector(3, 1, huge, Datatype.INT));
    assertFails(ErrorClass.ARG, "2^63", () -> Datatype.hvector(2, 1, huge, Datatype.INT));
    assertFails(ErrorClass.ARG, "2^63", () -> Datatype.hindexed(new long[] {1}, new long[] {huge}, Datatype.BYTE));
    assertFails(ErrorClass.ARG, "2^63",
        () -> Datatype.hindexed(new long[] {1, 1}, new long[] {-huge, 5}, Datatype.BYTE));
    assertFails(ErrorClass.ARG, "2^63", () -> Datatype.resized(Datatype.INT, 1, huge));
    assertFails(ErrorClass.ARG, "2^63", () -> Datatype.subarray(new long[] {huge, huge}, new long[] {1, 1},
        new long[] {0, 0}, Order.C, Datatype.BYTE));
  }

  @Test
  void shouldDescribeItself() {
    assertEquals("INT", Datatype.INT.toString());
    assertEquals("INT[10]", Datatype.contiguous(10, Datatype.INT).toString());
    assertEquals("3 x INT[2] every 20 extent 48", Datatype.vector(3, 2, 5, Datatype.INT).toString());
    assertEquals("{INT, DOUBLE@8} extent 16",
        Datatype.struct(new long[] {1, 1}, new long[] {0, 8}, List.of(Datatype.INT, Datatype.DOUBLE)).toString());
    assertEquals("INT from -4 extent 8", Datatype.resized(Datatype.INT, -4, 8).toString());
    assertEquals("{}", Datatype.contiguous(0, Datatype.INT).toString());
  }

  private static Datatype part(long size, long part, long start) {
    return Datatype.subarray(new long[] {size}, new long[] {part}, new long[] {start}, Order.C, Datatype.INT);
  }

  private static void assertFails(ErrorClass errorClass, String naming, Executable call) {
    MpiException failure = assertThrows(MpiException.class, call);
    assertEquals(errorClass, failure.errorClass(), failure.getMessage());
    assertTrue(failure.reason().contains(naming), failure.reason());
  }
}
