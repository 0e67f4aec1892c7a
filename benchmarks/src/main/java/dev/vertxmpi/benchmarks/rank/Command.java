package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.benchmarks.Benchmark;
import io.vertx.core.json.JsonObject;

/**
 * What ranks are told to measure.
 *
 * @param benchmark which
 * @param size of a message in bytes
 * @param window messages under way at once
 * @param warmUpNanos before it counts
 * @param measureNanos while it counts
 */
public record Command(Benchmark benchmark, long size, int window, long warmUpNanos, long measureNanos) {

  /**
   * As text.
   *
   * @return for {@link #fromJson}
   */
  public JsonObject toJson() {
    return new JsonObject().put("benchmark", benchmark.name()).put("size", size).put("window", window)
        .put("warmUpNanos", warmUpNanos).put("measureNanos", measureNanos);
  }

  /**
   * From text.
   *
   * @param json of {@link #toJson}
   * @return the command
   */
  public static Command fromJson(JsonObject json) {
    return new Command(Benchmark.valueOf(json.getString("benchmark")), json.getLong("size"), json.getInteger("window"),
        json.getLong("warmUpNanos"), json.getLong("measureNanos"));
  }
}
