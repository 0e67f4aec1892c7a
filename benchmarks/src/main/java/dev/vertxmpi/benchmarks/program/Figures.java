package dev.vertxmpi.benchmarks.program;

import io.vertx.core.json.JsonObject;

/**
 * What a program tells its driver: lines of JSON on standard output.
 *
 * <pre>
 *   {"figure": name, "unit": what it counts in, "value": ours, "other": what it is compared with, or absent}
 * </pre>
 */
public final class Figures {

  private Figures() {
  }

  /**
   * Prints a figure.
   *
   * @param name of the benchmark
   * @param unit of the value
   * @param value ours
   */
  public static void tell(String name, String unit, double value) {
    print(new JsonObject().put("figure", name).put("unit", unit).put("value", value));
  }

  /**
   * Prints a figure and the one that it is compared with.
   *
   * @param name of the benchmark
   * @param unit of the values
   * @param value ours
   * @param other of the same without us
   */
  public static void tell(String name, String unit, double value, double other) {
    print(new JsonObject().put("figure", name).put("unit", unit).put("value", value).put("other", other));
  }

  private static void print(JsonObject line) {
    System.out.println(line.encode());
  }
}
