package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Order;
import dev.vertxmpi.io.FileView;
import org.junit.jupiter.api.Test;

class ViewCheckTest {

  private static boolean check(Datatype etype, Datatype filetype, boolean writable) {
    return ViewCheck.check(FileView.of(etype, filetype), writable);
  }

  private static void refuse(String word, Datatype etype, Datatype filetype, boolean writable) {
    MpiException failure = assertThrows(MpiException.class, () -> check(etype, filetype, writable));
    assertEquals(ErrorClass.ARG, failure.errorClass());
    assertTrue(failure.reason().contains(word), failure.reason());
  }

  @Test
  void shouldTakeTheUsualViews() {
    assertTrue(check(Datatype.BYTE, Datatype.BYTE, true));
    assertTrue(check(Datatype.DOUBLE, Datatype.vector(3, 2, 5, Datatype.DOUBLE), true));
    assertTrue(check(Datatype.INT, Datatype.subarray(new long[] {4, 6}, new long[] {2, 3}, new long[] {1, 2}, Order.C,
        Datatype.INT), true));
    assertTrue(check(Datatype.INT, Datatype.contiguous(0, Datatype.INT), true));
  }

  @Test
  void shouldTakeEtypesWithGaps() {
    Datatype gappy = Datatype.vector(2, 1, 2, Datatype.INT);
    assertTrue(check(gappy, gappy, true));
    assertTrue(check(gappy, Datatype.hindexed(new long[] {1, 2}, new long[] {0, 100}, gappy), true));
    refuse("not built of etypes", gappy, Datatype.contiguous(2, Datatype.INT), true);
    refuse("not built of etypes", gappy, Datatype.vector(2, 1, 3, Datatype.INT), true);
  }

  @Test
  void shouldRefuseFiletypesNotBuiltOfEtypes() {
    refuse("size", Datatype.DOUBLE, Datatype.INT, true);
    refuse("whole number", Datatype.LONG, Datatype.vector(2, 1, 3, Datatype.INT), true);
    refuse("no data", Datatype.contiguous(0, Datatype.INT), Datatype.INT, true);
  }

  @Test
  void shouldTakeLongRunsOfOddEtypes() {
    Datatype etype = Datatype.contiguous(24, Datatype.BYTE);
    assertTrue(check(etype, Datatype.contiguous(1_000_003, etype), true));
  }

  @Test
  void shouldRefuseNegativePlaces() {
    refuse("negative", Datatype.INT, Datatype.indexed(new long[] {1, 1}, new long[] {-1, 2}, Datatype.INT), false);
    MpiException failure = assertThrows(MpiException.class,
        () -> ViewCheck.check(FileView.BYTES.from(-1), false));
    assertEquals(ErrorClass.ARG, failure.errorClass());
  }

  @Test
  void shouldRefuseDecreasingPlaces() {
    refuse("decrease", Datatype.INT, Datatype.indexed(new long[] {1, 1}, new long[] {5, 2}, Datatype.INT), false);
  }

  @Test
  void shouldRefuseOverlapOnlyWhereWritable() {
    Datatype twice = Datatype.indexed(new long[] {2, 2}, new long[] {0, 1}, Datatype.INT);
    refuse("overlaps", Datatype.INT, twice, true);
    assertFalse(check(Datatype.INT, twice, false));
  }

  @Test
  void shouldLookAtRepetitionsToo() {
    Datatype comb = Datatype.vector(2, 1, 4, Datatype.INT);
    Datatype fits = Datatype.resized(comb, 0, 8);
    refuse("overlaps", Datatype.INT, fits, true);
    Datatype meshes = Datatype.resized(Datatype.vector(2, 1, 3, Datatype.INT), 0, 8);
    assertFalse(check(Datatype.INT, meshes, true), "it jumps back, but never to the same place");
    refuse("overlaps", Datatype.INT, Datatype.resized(Datatype.INT, 0, 0), true);
    assertFalse(check(Datatype.INT, Datatype.resized(Datatype.INT, 0, 0), false));
  }
}
