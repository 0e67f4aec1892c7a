package dev.vertxmpi.examples.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The points of one rank: 16 bytes each, and a reference to a name that is kept once. */
final class Points {

  private final Map<String, String> names = new HashMap<>();
  private final List<String> nameOf = new ArrayList<>();
  private double[] xs = new double[1024];
  private double[] ys = new double[1024];
  private int size;

  void add(double x, double y, String name) {
    if (size == xs.length) {
      xs = Arrays.copyOf(xs, size * 2);
      ys = Arrays.copyOf(ys, size * 2);
    }
    xs[size] = x;
    ys[size++] = y;
    nameOf.add(names.computeIfAbsent(name, n -> n));
  }

  int size() {
    return size;
  }

  double x(int index) {
    return xs[index];
  }

  double y(int index) {
    return ys[index];
  }

  String name(int index) {
    return nameOf.get(index);
  }
}
