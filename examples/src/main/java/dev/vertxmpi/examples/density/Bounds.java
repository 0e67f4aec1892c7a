package dev.vertxmpi.examples.density;

import io.vertx.core.json.JsonObject;

/**
 * The box around all points.
 *
 * @param minX left
 * @param maxX right
 * @param minY bottom
 * @param maxY top
 */
record Bounds(double minX, double maxX, double minY, double maxY) {

  JsonObject toJson() {
    return new JsonObject().put("minX", minX).put("maxX", maxX).put("minY", minY).put("maxY", maxY);
  }

  static Bounds fromJson(JsonObject json) {
    return new Bounds(json.getDouble("minX"), json.getDouble("maxX"), json.getDouble("minY"), json.getDouble("maxY"));
  }
}
