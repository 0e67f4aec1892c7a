package dev.vertxmpi.benchmarks.result;

import java.util.Arrays;
import java.util.List;

/**
 * Figures of repetitions.
 *
 * @param median of them
 * @param min the smallest
 * @param max the largest
 */
public record Sample(double median, double min, double max) {

  /**
   * Sums up figures. Those that are not numbers do not count.
   *
   * @param figures of the repetitions
   * @return NaN throughout where there is none
   */
  public static Sample of(List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return new Sample(Double.NaN, Double.NaN, Double.NaN);
    }
    int middle = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Sample(median, sorted[0], Arrays.stream(sorted).max().getAsDouble());
  }
}
