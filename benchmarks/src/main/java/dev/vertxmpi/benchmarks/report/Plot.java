package dev.vertxmpi.benchmarks.report;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.Sizes;
import dev.vertxmpi.benchmarks.result.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plot of figures over sizes, both on logarithmic axes, as SVG.
 *
 * <pre>
 *   unit |        o---o ours
 *        |   o---'
 *        |  '     x---x a peer
 *        +--------------- bytes
 * </pre>
 */
final class Plot {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int MARGIN = 60;
  private static final Map<String, String> COLOURS =
      Map.of("ours", "#1b7837", "openmpi", "#d6604d", "mpich", "#4393c3");

  private final StringBuilder svg = new StringBuilder();
  private final double leastSize;
  private final double mostSize;
  private final double least;
  private final double most;

  private Plot(Map<String, Map<Long, Double>> curves) {
    List<Long> sizes = curves.values().stream().flatMap(curve -> curve.keySet().stream()).sorted().toList();
    List<Double> values = curves.values().stream().flatMap(curve -> curve.values().stream())
        .filter(value -> value > 0).sorted().toList();
    leastSize = Math.log(sizes.getFirst());
    mostSize = Math.log(sizes.getLast());
    least = Math.floor(Math.log10(values.getFirst()));
    most = Math.max(least + 1, Math.ceil(Math.log10(values.getLast())));
  }

  /** Draws one. The lines differ in size and peer. */
  static String of(String title, List<Line> lines) {
    Map<String, Map<Long, Double>> curves = new LinkedHashMap<>();
    for (Line line : lines) {
      curves.computeIfAbsent("ours", none -> new TreeMap<>()).put(line.size(), line.ours().median());
      if (line.peer() != null) {
        curves.computeIfAbsent(line.peerName(), none -> new TreeMap<>()).put(line.size(), line.peer().median());
      }
    }
    return new Plot(curves).draw(title + ", " + lines.getFirst().unit(), curves);
  }

  private String draw(String title, Map<String, Map<Long, Double>> curves) {
    add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
        + "font-size=\"11\">", WIDTH, HEIGHT);
    add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    add("<text x=\"%d\" y=\"20\" font-size=\"13\">%s</text>", MARGIN, title);
    for (double power = least; power <= most; power++) {
      double y = y(Math.pow(10, power));
      add("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>", MARGIN, WIDTH - MARGIN, y, y);
      add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", MARGIN - 6, y + 4,
          TextTable.figure(Math.pow(10, power)));
    }
    curves.get("ours").keySet().forEach(size -> add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        x(size), HEIGHT - MARGIN + 18, Sizes.text(size)));
    int row = 0;
    for (Map.Entry<String, Map<Long, Double>> curve : curves.entrySet()) {
      curve(curve.getKey(), curve.getValue(), row++);
    }
    add("</svg>");
    return svg.toString();
  }

  private void curve(String name, Map<Long, Double> points, int row) {
    String colour = COLOURS.getOrDefault(name, "#888");
    StringBuilder path = new StringBuilder();
    points.forEach((size, value) -> {
      if (value > 0) {
        path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(size), y(value)));
        add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x(size), y(value), colour);
      }
    });
    add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path.toString().strip(), colour);
    add("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>", MARGIN + 10 + 90 * row, 40, colour, name);
  }

  private double x(double size) {
    return MARGIN + (Math.log(size) - leastSize) / Math.max(1e-9, mostSize - leastSize) * (WIDTH - 2 * MARGIN);
  }

  private double y(double value) {
    return HEIGHT - MARGIN - (Math.log10(value) - least) / (most - least) * (HEIGHT - 2 * MARGIN);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
