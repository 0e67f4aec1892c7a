package dev.vertxmpi.datatype;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Random datatypes, up to four constructors deep. */
final class SpecProvider extends DomainContextBase {

  /** Past this many entries the naive form gets slow. */
  private static final int MAX_ENTRIES = 2000;

  @Provide
  Arbitrary<Spec> specs() {
    return nested(3).filter(spec -> spec.map().entries().size() <= MAX_ENTRIES);
  }

  private static Arbitrary<Spec> nested(int depth) {
    Arbitrary<Spec> basic = Arbitraries.of(Primitive.class).map(Spec.Basic::new);
    if (depth == 0) {
      return basic;
    }
    Arbitrary<Spec> element = Arbitraries.lazy(() -> nested(depth - 1));
    Arbitrary<Integer> count = Arbitraries.frequency(Tuple.of(1, 0), Tuple.of(5, 1), Tuple.of(5, 2), Tuple.of(5, 3),
        Tuple.of(3, 4));
    Arbitrary<Integer> stride = Arbitraries.integers().between(-5, 8);
    Arbitrary<Integer> bytes = Arbitraries.integers().between(-40, 80);
    return Arbitraries.oneOf(List.of(
        basic,
        Combinators.combine(count, element).as(Spec.Contiguous::new),
        Combinators.combine(count, count, stride, element).as(Spec.Vector::new),
        Combinators.combine(count, count, bytes, element).as(Spec.Hvector::new),
        indexed(count, stride, bytes, element),
        struct(count, bytes, element),
        Combinators.combine(stride, Arbitraries.integers().between(-20, 80), element).as(Spec.Resized::new),
        subarray(element)));
  }

  private static Arbitrary<Spec> indexed(Arbitrary<Integer> count, Arbitrary<Integer> stride,
      Arbitrary<Integer> bytes, Arbitrary<Spec> element) {
    return Arbitraries.integers().between(0, 5).flatMap(n -> Combinators.combine(
        count.list().ofSize(n), stride.list().ofSize(n), bytes.list().ofSize(n), Arbitraries.of(true, false), element)
        .as((lengths, inElements, inBytes, byBytes, of) ->
            new Spec.Indexed(lengths, byBytes ? inBytes : inElements, byBytes, of)));
  }

  private static Arbitrary<Spec> struct(Arbitrary<Integer> count, Arbitrary<Integer> bytes, Arbitrary<Spec> element) {
    return Arbitraries.integers().between(0, 3).flatMap(n -> Combinators.combine(
        count.list().ofSize(n), bytes.list().ofSize(n), element.list().ofSize(n)).as(Spec.Struct::new));
  }

  private static Arbitrary<Spec> subarray(Arbitrary<Spec> element) {
    Arbitrary<List<Integer>> dimension = Arbitraries.integers().between(1, 5).flatMap(size ->
        Arbitraries.integers().between(1, size).flatMap(part ->
            Arbitraries.integers().between(0, size - part).map(start -> List.of(size, part, start))));
    return Combinators.combine(dimension.list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(Order.class), element)
        .as((dimensions, order, of) -> new Spec.Subarray(
            dimensions.stream().map(d -> d.get(0)).toList(), dimensions.stream().map(d -> d.get(1)).toList(),
            dimensions.stream().map(d -> d.get(2)).toList(), order, of));
  }
}
