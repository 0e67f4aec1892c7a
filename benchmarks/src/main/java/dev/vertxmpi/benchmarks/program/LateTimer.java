package dev.vertxmpi.benchmarks.program;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** A timer of 5 ms on the loop of a rank, again and again: how late it is. */
final class LateTimer {

  private static final int MILLIS = 5;

  private final Vertx vertx;
  private final Context context;
  /** Of the measurement that goes on; a timer of the one before ends. */
  private List<Double> late = List.of();

  LateTimer(Vertx vertx, Context context) {
    this.vertx = vertx;
    this.context = context;
  }

  synchronized void begin() {
    List<Double> fresh = new ArrayList<>();
    late = fresh;
    context.runOnContext(now -> tick(fresh));
  }

  private void tick(List<Double> to) {
    long start = System.nanoTime();
    vertx.setTimer(MILLIS, fired -> {
      if (note((System.nanoTime() - start) / 1e6 - MILLIS, to)) {
        tick(to);
      }
    });
  }

  @SuppressWarnings("ReferenceEquality") // Equal is not the same.
  private synchronized boolean note(double millis, List<Double> to) {
    to.add(millis);
    return late == to;
  }

  /** The median in milliseconds since it began. */
  synchronized double end() {
    List<Double> sorted = late.stream().sorted().toList();
    late = List.of();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }
}
