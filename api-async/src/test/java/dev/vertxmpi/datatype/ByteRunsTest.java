package dev.vertxmpi.datatype;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

@Domain(SpecProvider.class)
@Domain(DomainContext.Global.class)
class ByteRunsTest {

  private record Piece(long memory, long packed, long length) {
  }

  @Property
  void shouldFindTheSameBytesAsAWalkFromTheBeginning(@ForAll Spec spec, @ForAll @IntRange(max = 3) int elements,
      @ForAll @IntRange(max = 100000) int a, @ForAll @IntRange(max = 100000) int b, @ForAll int origin) {
    long[] places = spec.map().bytePlaces(origin, elements);
    int from = Math.min(a % (places.length + 1), b % (places.length + 1));
    int to = Math.max(a % (places.length + 1), b % (places.length + 1));

    List<Piece> pieces = pieces(spec.build(), origin, from, to - from);

    List<Long> found = new ArrayList<>();
    for (Piece piece : pieces) {
      assertEquals(from + found.size(), piece.packed);
      for (long i = 0; i < piece.length; i++) {
        found.add(piece.memory + i);
      }
    }
    assertArrayEquals(Arrays.copyOfRange(places, from, to), found.stream().mapToLong(Long::longValue).toArray());
    for (int i = 1; i < pieces.size(); i++) {
      assertTrue(pieces.get(i).memory != pieces.get(i - 1).memory + pieces.get(i - 1).length, "pieces touch");
    }
  }

  @Test
  void shouldSeekFarWithoutWalking() {
    Datatype column = Datatype.resized(Datatype.vector(1L << 20, 1, 1L << 12, Datatype.DOUBLE), 0, 8);
    Datatype deep = Datatype.hvector(1L << 10, 1, 1L << 45, column);
    long packed = deep.size() - 12;

    List<Piece> pieces = pieces(deep, 0, packed, 12);

    long lastColumn = (((1L << 10) - 1) << 45) + (((1L << 20) - 1) << 15);
    assertEquals(List.of(new Piece(lastColumn - (1L << 15) + 4, packed, 4),
        new Piece(lastColumn, packed + 4, 8)), pieces);
  }

  @Test
  void shouldSeekAmongCountlessElements() {
    Datatype pair = Datatype.struct(new long[] {1, 1}, new long[] {0, 8}, List.of(Datatype.INT, Datatype.DOUBLE));
    long element = 500_000_000_000_000_000L;

    List<Piece> pieces = pieces(pair, 16, element * 12 + 2, 6);

    assertEquals(List.of(new Piece(16 + element * 16 + 2, element * 12 + 2, 2),
        new Piece(16 + element * 16 + 8, element * 12 + 4, 4)), pieces);
  }

  @Test
  void shouldGiveContiguousDataAsOnePiece() {
    assertEquals(List.of(new Piece(1L << 40, 0, 1L << 50)), pieces(Datatype.LONG, 1L << 40, 0, 1L << 50));
  }

  @Test
  void shouldJoinElementsThatTouch() {
    Datatype second = Datatype.hindexed(new long[] {1, 1}, new long[] {4, 0}, Datatype.INT);
    assertEquals(List.of(new Piece(4, 0, 4), new Piece(0, 4, 4), new Piece(12, 8, 4), new Piece(8, 12, 4)),
        pieces(second, 0, 0, 16));
    Datatype tail = Datatype.hindexed(new long[] {1, 1}, new long[] {8, 16}, Datatype.INT);
    assertEquals(List.of(new Piece(8, 0, 4), new Piece(16, 4, 8), new Piece(28, 12, 4)),
        pieces(Datatype.resized(tail, 0, 12), 0, 0, 16));
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertArg(Datatype.INT, 0, -1, 4);
    assertArg(Datatype.INT, 0, 0, -1);
    assertArg(Datatype.contiguous(0, Datatype.INT), 0, 0, 1);
    assertArg(Datatype.INT, Long.MAX_VALUE - 3, 0, 8);
    assertArg(Datatype.resized(Datatype.INT, 0, 1L << 61), 0, 20, 4);
    assertEquals(List.of(), pieces(Datatype.contiguous(0, Datatype.INT), 0, 0, 0));
  }

  private static void assertArg(Datatype type, long origin, long from, long length) {
    assertEquals(ErrorClass.ARG,
        assertThrows(MpiException.class, () -> pieces(type, origin, from, length)).errorClass());
  }

  private static List<Piece> pieces(Datatype type, long origin, long from, long length) {
    List<Piece> pieces = new ArrayList<>();
    ByteRuns.forEach(type, origin, from, length, (memory, packed, bytes) -> {
      assertTrue(bytes > 0);
      pieces.add(new Piece(memory, packed, bytes));
    });
    return pieces;
  }
}
