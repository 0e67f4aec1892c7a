package dev.vertxmpi.examples.density;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Locale;

/** The demo's answer in the terminal. */
final class DensityTable {

  private static final String RULE = "-".repeat(72) + "\n";

  private DensityTable() {
  }

  static String of(DensityClient.Fetched fetched, Path picture) {
    JsonObject summary = fetched.summary();
    Bounds bounds = fetched.raster().bounds();
    StringBuilder table = new StringBuilder(RULE);
    row(table, "records", "%,d counted by %d ranks, %,d skipped", summary.getLong("records"),
        summary.getInteger("ranks"), summary.getLong("skipped"));
    row(table, "bounds", "x %.4f to %.4f, y %.4f to %.4f", bounds.minX(), bounds.maxX(), bounds.minY(), bounds.maxY());
    row(table, "grid", "%d x %d cells", fetched.raster().width(), fetched.raster().height());
    table.append(RULE).append(String.format("%4s  %8s  %21s  %s%n", "", "records", "middle of cell (x, y)", "place"));
    int place = 1;
    for (Object each : summary.getJsonArray("densest")) {
      DenseCell cell = DenseCell.fromJson((JsonObject) each);
      table.append(String.format(Locale.ROOT, "%4d  %,8d  %10.4f %10.4f  %s%n", place++, cell.count(),
          fetched.raster().middleX(cell.cell()), fetched.raster().middleY(cell.cell()), cell.place()));
    }
    table.append(RULE);
    for (String phase : summary.getJsonObject("phases").fieldNames()) {
      row(table, phase, "%.1f ms", summary.getJsonObject("phases").getDouble(phase));
    }
    table.append(RULE);
    for (String link : summary.getJsonObject("moved").fieldNames()) {
      JsonObject moved = summary.getJsonObject("moved").getJsonObject(link);
      row(table, "link " + link, "%,d bytes in %,d frames", moved.getLong("bytes"), moved.getLong("frames"));
    }
    return table.append(RULE).append("picture: ").append(picture).append(System.lineSeparator()).toString();
  }

  private static void row(StringBuilder table, String name, String format, Object... values) {
    table.append(String.format(Locale.ROOT, "%-12s  %s%n", name, String.format(Locale.ROOT, format, values)));
  }
}
