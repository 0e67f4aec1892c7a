package dev.vertxmpi.examples.density;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * What to count, in which raster.
 *
 * @param csv the file, with a header line
 * @param x column of the horizontal coordinate
 * @param y column of the vertical coordinate
 * @param name column that names places; where the file has none of that name, places stay nameless
 * @param width cells from left to right
 * @param height cells from top to bottom
 * @param gridFile where the counts go: row-major 64-bit little-endian integers, top row first
 * @param skipBad whether malformed records are counted and left out instead of ending the job
 */
record DensityOptions(Path csv, String x, String y, String name, int width, int height, Path gridFile,
    boolean skipBad) {

  JsonObject toJson() {
    return new JsonObject().put("csv", csv.toString()).put("x", x).put("y", y).put("name", name)
        .put("width", width).put("height", height).put("gridFile", gridFile.toString()).put("skipBad", skipBad);
  }

  static DensityOptions fromJson(JsonObject json) {
    return new DensityOptions(Path.of(json.getString("csv")), json.getString("x"), json.getString("y"),
        json.getString("name"), json.getInteger("width"), json.getInteger("height"),
        Path.of(json.getString("gridFile")), json.getBoolean("skipBad"));
  }
}
