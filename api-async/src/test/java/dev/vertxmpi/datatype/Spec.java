package dev.vertxmpi.datatype;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How to build a datatype, twice: with the library, and naively, entry by entry as the MPI standard defines it. */
sealed interface Spec {

  Datatype build();

  TypeMap map();

  record Basic(Primitive primitive) implements Spec {
    @Override
    public Datatype build() {
      return Datatype.of(primitive);
    }

    @Override
    public TypeMap map() {
      return TypeMap.of(primitive);
    }
  }

  record Contiguous(int count, Spec element) implements Spec {
    @Override
    public Datatype build() {
      return Datatype.contiguous(count, element.build());
    }

    @Override
    public TypeMap map() {
      TypeMap map = element.map();
      return TypeMap.join(map.times(count), false);
    }
  }

  record Vector(int count, int blockLength, int stride, Spec element) implements Spec {
    @Override
    public Datatype build() {
      return Datatype.vector(count, blockLength, stride, element.build());
    }

    @Override
    public TypeMap map() {
      TypeMap map = element.map();
      List<TypeMap> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        for (TypeMap each : map.times(blockLength)) {
          all.add(each.at(i * stride * map.extent()));
        }
      }
      return TypeMap.join(all, false);
    }
  }

  record Hvector(int count, int blockLength, int strideBytes, Spec element) implements Spec {
    @Override
    public Datatype build() {
      return Datatype.hvector(count, blockLength, strideBytes, element.build());
    }

    @Override
    public TypeMap map() {
      List<TypeMap> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        for (TypeMap each : element.map().times(blockLength)) {
          all.add(each.at((long) i * strideBytes));
        }
      }
      return TypeMap.join(all, false);
    }
  }

  record Indexed(List<Integer> lengths, List<Integer> displacements, boolean bytes, Spec element) implements Spec {
    @Override
    public Datatype build() {
      long[] counts = lengths.stream().mapToLong(Integer::longValue).toArray();
      long[] places = displacements.stream().mapToLong(Integer::longValue).toArray();
      return bytes
          ? Datatype.hindexed(counts, places, element.build())
          : Datatype.indexed(counts, places, element.build());
    }

    @Override
    public TypeMap map() {
      TypeMap map = element.map();
      long unit = bytes ? 1 : map.extent();
      List<TypeMap> all = new ArrayList<>();
      for (int i = 0; i < lengths.size(); i++) {
        for (TypeMap each : map.times(lengths.get(i))) {
          all.add(each.at(displacements.get(i) * unit));
        }
      }
      return TypeMap.join(all, false);
    }
  }

  record Struct(List<Integer> lengths, List<Integer> displacements, List<Spec> elements) implements Spec {
    @Override
    public Datatype build() {
      return Datatype.struct(lengths.stream().mapToLong(Integer::longValue).toArray(),
          displacements.stream().mapToLong(Integer::longValue).toArray(),
          elements.stream().map(Spec::build).toList());
    }

    @Override
    public TypeMap map() {
      List<TypeMap> all = new ArrayList<>();
      for (int i = 0; i < lengths.size(); i++) {
        for (TypeMap each : elements.get(i).map().times(lengths.get(i))) {
          all.add(each.at(displacements.get(i)));
        }
      }
      return TypeMap.join(all, true);
    }
  }

  record Resized(int lowerBound, int extent, Spec element) implements Spec {
    @Override
    public Datatype build() {
      return Datatype.resized(element.build(), lowerBound, extent);
    }

    @Override
    public TypeMap map() {
      TypeMap map = element.map();
      return new TypeMap(map.entries(), lowerBound, (long) lowerBound + extent, true, map.alignment());
    }
  }

  /** A part of an array, visited index by index. */
  record Subarray(List<Integer> sizes, List<Integer> subsizes, List<Integer> starts, Order order, Spec element)
      implements Spec {
    @Override
    public Datatype build() {
      return Datatype.subarray(sizes.stream().mapToLong(Integer::longValue).toArray(),
          subsizes.stream().mapToLong(Integer::longValue).toArray(),
          starts.stream().mapToLong(Integer::longValue).toArray(), order, element.build());
    }

    @Override
    public TypeMap map() {
      TypeMap map = element.map();
      List<TypeMap> all = new ArrayList<>();
      int[] index = new int[sizes.size()];
      do {
        long place = 0;
        for (int i = 0; i < index.length; i++) {
          int dimension = order == Order.C ? i : index.length - 1 - i;
          place = place * sizes.get(dimension) + starts.get(dimension) + index[dimension];
        }
        all.add(map.at(place * map.extent()));
      } while (next(index));
      long elements = sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      TypeMap part = TypeMap.join(all, false);
      return new TypeMap(part.entries(), 0, elements * map.extent(), true, map.alignment());
    }

    private boolean next(int[] index) {
      for (int i = 0; i < index.length; i++) {
        int dimension = order == Order.C ? index.length - 1 - i : i;
        if (++index[dimension] < subsizes.get(dimension)) {
          return true;
        }
        index[dimension] = 0;
      }
      assert Arrays.stream(index).allMatch(i -> i == 0);
      return false;
    }
  }
}
