package dev.vertxmpi.datatype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.datatype.TypeMap.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

@Domain(SpecProvider.class)
@Domain(DomainContext.Global.class)
class SignatureTest {

  private static final Datatype PAIR =
      Datatype.struct(new long[] {1, 1}, new long[] {0, 8}, List.of(Datatype.INT, Datatype.DOUBLE));

  @Property
  void shouldMatchExactlyWhereTheSequencesAreTheSame(@ForAll @Size(min = 1, max = 4) List<Primitive> left,
      @ForAll @Size(min = 1, max = 4) List<Primitive> right, @ForAll @IntRange(max = 6) int leftCount,
      @ForAll @IntRange(max = 6) int rightCount) {
    Signature a = sequence(left);
    Signature b = sequence(right);
    boolean same = repeat(left, leftCount).equals(repeat(right, rightCount));

    assertEquals(same, a.matches(leftCount, b, rightCount));
    assertEquals(same, b.matches(rightCount, a, leftCount));
    assertEquals(same, a.hash(leftCount) == b.hash(rightCount));
  }

  @Property
  void shouldNotDependOnHowTheSequenceWasBuilt(@ForAll Spec spec, @ForAll @IntRange(max = 5) int count) {
    Signature signature = spec.build().signature();
    List<Primitive> all = repeat(spec.map().entries().stream().map(Entry::primitive).toList(), count);
    Signature flat = sequence(all);

    assertTrue(signature.matches(count, flat, 1));
    assertEquals(flat.hash(1), signature.hash(count));
    assertEquals(flat, signature.times(count));
    assertEquals(all.stream().distinct().count() == 1 ? Optional.of(all.getFirst()) : Optional.empty(),
        flat.primitive());
    assertEquals(all.stream().mapToLong(Primitive::size).sum(), flat.size());
  }

  @Property
  void shouldKnowTheSequenceOfTheFirstBytes(@ForAll Spec spec, @ForAll @IntRange(max = 500) int bytes) {
    List<Primitive> one = spec.map().entries().stream().map(Entry::primitive).toList();
    List<Primitive> taken = new ArrayList<>();
    int left = bytes;
    for (int i = 0; left > 0 && !one.isEmpty(); i++) {
      taken.add(one.get(i % one.size()));
      left -= taken.getLast().size();
    }

    Optional<Signature> expected = left == 0 ? Optional.of(sequence(taken)) : Optional.empty();
    assertEquals(expected, spec.build().signature(bytes));
  }

  @Test
  void shouldGiveEqualHashesToEqualDataOfOnePrimitive() {
    Datatype rows = Datatype.subarray(new long[] {10, 10}, new long[] {4, 5}, new long[] {1, 1}, Order.C,
        Datatype.FLOAT);
    assertEquals(Datatype.FLOAT.signature().hash(40), rows.signature().hash(2));
    assertNotEquals(Datatype.FLOAT.signature().hash(40), Datatype.FLOAT.signature().hash(41));
    assertNotEquals(Datatype.FLOAT.signature().hash(40), Datatype.INT.signature().hash(40));
  }

  @Test
  void shouldHaveNoHashWithoutElements() {
    assertEquals(0, PAIR.signature().hash(0));
    assertEquals(0, Signature.EMPTY.hash(100));
    assertTrue(Signature.EMPTY.matches(7, PAIR.signature(), 0));
    assertFalse(Signature.EMPTY.matches(7, PAIR.signature(), 1));
  }

  @Test
  void shouldStaySmallForCountlessElements() {
    Signature many = Datatype.contiguous(1L << 50, PAIR).signature();
    assertEquals(1L << 51, many.elements());
    assertEquals(12L << 50, many.size());
    assertTrue(many.matches(2, PAIR.signature(), 1L << 51));
    assertFalse(many.matches(2, PAIR.signature(), (1L << 51) + 1));
    assertEquals(many.hash(8), PAIR.signature().hash(1L << 53));
  }

  @Test
  void shouldNotTakeAnOverflownLengthForTheSame() {
    Signature many = Datatype.contiguous(1L << 32, Datatype.BYTE).signature();
    assertFalse(many.matches(1L << 32, Datatype.BYTE.signature(), 0));
    assertFalse(many.matches((1L << 32) + 1, Datatype.BYTE.signature(), 1L << 32));
  }

  @Test
  void shouldNameThePrimitiveForTheWire() {
    assertEquals(Primitive.INT.code(), Datatype.contiguous(3, Datatype.INT).signature().code());
    assertEquals(Signature.MIXED, PAIR.signature().code());
    assertEquals("3 x INT", Datatype.contiguous(3, Datatype.INT).signature().toString());
    assertEquals("2 elements of several primitives", PAIR.signature().toString());
  }

  private static Signature sequence(List<Primitive> primitives) {
    Signature all = Signature.EMPTY;
    for (Primitive primitive : primitives) {
      all = all.then(Signature.of(primitive, 1));
    }
    return all;
  }

  private static List<Primitive> repeat(List<Primitive> primitives, int count) {
    return Collections.nCopies(count, primitives).stream().flatMap(List::stream).toList();
  }
}
