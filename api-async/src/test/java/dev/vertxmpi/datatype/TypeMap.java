package dev.vertxmpi.datatype;

import java.util.ArrayList;
import java.util.List;

/**
 * The naive form of a datatype: every primitive with its place.
 *
 * @param entries in order
 * @param lower the lower bound
 * @param upper the upper bound
 * @param marked whether the bounds were set explicitly
 * @param alignment of the most demanding primitive
 */
record TypeMap(List<Entry> entries, long lower, long upper, boolean marked, int alignment) {

  record Entry(long offset, Primitive primitive) {
  }

  static TypeMap of(Primitive primitive) {
    return new TypeMap(List.of(new Entry(0, primitive)), 0, primitive.size(), false, primitive.size());
  }

  long extent() {
    return upper - lower;
  }

  long size() {
    return entries.stream().mapToLong(entry -> entry.primitive().size()).sum();
  }

  long trueLower() {
    return entries.stream().mapToLong(Entry::offset).min().orElse(0);
  }

  long trueUpper() {
    return entries.stream().mapToLong(entry -> entry.offset() + entry.primitive().size()).max().orElse(0);
  }

  TypeMap at(long displacement) {
    return new TypeMap(
        entries.stream().map(entry -> new Entry(entry.offset() + displacement, entry.primitive())).toList(),
        lower + displacement, upper + displacement, marked, alignment);
  }

  List<TypeMap> times(int count) {
    List<TypeMap> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(at(i * extent()));
    }
    return all;
  }

  static TypeMap join(List<TypeMap> members, boolean aligned) {
    List<Entry> all = members.stream().flatMap(member -> member.entries.stream()).toList();
    boolean anyMarked = members.stream().anyMatch(TypeMap::marked);
    List<TypeMap> counting = members.stream()
        .filter(member -> anyMarked ? member.marked : !member.entries.isEmpty()).toList();
    long lowest = counting.stream().mapToLong(TypeMap::lower).min().orElse(0);
    long highest = counting.stream().mapToLong(TypeMap::upper).max().orElse(0);
    int widest = members.stream().mapToInt(TypeMap::alignment).max().orElse(1);
    if (aligned && !anyMarked) {
      while ((highest - lowest) % widest != 0) {
        highest++;
      }
    }
    return new TypeMap(all, lowest, highest, anyMarked, widest);
  }

  /** The places of all packed bytes of some elements. */
  long[] bytePlaces(long origin, int elements) {
    long[] places = new long[Math.toIntExact(size() * elements)];
    int packed = 0;
    for (int i = 0; i < elements; i++) {
      for (Entry entry : entries) {
        for (int b = 0; b < entry.primitive().size(); b++) {
          places[packed++] = origin + i * extent() + entry.offset() + b;
        }
      }
    }
    return places;
  }
}
