package dev.vertxmpi.examples.density;

import java.util.function.IntUnaryOperator;

/**
 * The part of a raster that is worth drawing: without the outermost hundredth of the points on each side, which a few
 * far ones would make almost everything, and with some room around.
 *
 * @param left first column
 * @param right column behind the last one
 * @param top first row
 * @param bottom row behind the last one
 */
record Crop(int left, int right, int top, int bottom) {

  private static final double OUTERMOST = 0.01;
  private static final double ROOM = 0.03;

  static Crop of(Raster raster, long[] counts) {
    int[] columns = middle(sums(counts, raster.width(), i -> i % raster.width()));
    int[] rows = middle(sums(counts, raster.height(), i -> i / raster.width()));
    return new Crop(columns[0], columns[1], rows[0], rows[1]);
  }

  private static long[] sums(long[] counts, int slots, IntUnaryOperator slotOf) {
    long[] sums = new long[slots];
    for (int i = 0; i < counts.length; i++) {
      sums[slotOf.applyAsInt(i)] += counts[i];
    }
    return sums;
  }

  private static int[] middle(long[] sums) {
    long all = 0;
    for (long sum : sums) {
      all += sum;
    }
    long most = (long) (all * OUTERMOST);
    int low = 0;
    for (long outside = sums[0]; outside <= most && low < sums.length - 1; outside += sums[low]) {
      low++;
    }
    int high = sums.length - 1;
    for (long outside = sums[high]; outside <= most && high > low; outside += sums[high]) {
      high--;
    }
    int room = (int) Math.ceil((high - low) * ROOM);
    return new int[] {Math.max(0, low - room), Math.min(sums.length, high + 1 + room)};
  }

  int width() {
    return right - left;
  }

  int height() {
    return bottom - top;
  }

  /** The points that are not drawn. */
  long outside(Raster raster, long[] counts) {
    long outside = 0;
    for (int i = 0; i < counts.length; i++) {
      int column = i % raster.width();
      int row = i / raster.width();
      outside += column < left || column >= right || row < top || row >= bottom ? counts[i] : 0;
    }
    return outside;
  }
}
