package dev.vertxmpi.fileio;

import java.util.Arrays;

/** A list of ranges in the order in which they were added; neighbours are joined. */
final class Ranges {

  private long[] froms = new long[4];
  private long[] lengths = new long[4];
  private int count;
  private long bytes;

  void add(long from, long length) {
    bytes += length;
    if (count > 0 && froms[count - 1] + lengths[count - 1] == from) {
      lengths[count - 1] += length;
      return;
    }
    if (count == froms.length) {
      froms = Arrays.copyOf(froms, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    froms[count] = from;
    lengths[count] = length;
    count++;
  }

  void clear() {
    count = 0;
    bytes = 0;
  }

  int count() {
    return count;
  }

  /** The sum of all lengths. */
  long bytes() {
    return bytes;
  }

  long from(int index) {
    return froms[index];
  }

  long length(int index) {
    return lengths[index];
  }

  Cursor cursor() {
    return new Cursor();
  }

  /** Takes the ranges apart from their beginning on. */
  final class Cursor {

    private int index;
    private long taken;

    /** Takes bytes that lie in one range. Returns where they begin. */
    long take(long number) {
      if (taken == lengths[index]) {
        index++;
        taken = 0;
      }
      long start = froms[index] + taken;
      taken += number;
      return start;
    }
  }
}
