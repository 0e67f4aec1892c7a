package dev.vertxmpi.benchmarks.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results for people: a heading that says what was measured, then a row for each line. */
public final class TextTable {

  private static final int GAP = 2;
  private static final MathContext DIGITS = new MathContext(3);

  private TextTable() {
  }

  /**
   * Writes results of one call: a table for each sort of them.
   *
   * @param lines at least one
   * @return several lines of text
   */
  public static String of(List<Line> lines) {
    Map<String, List<Line>> tables = new LinkedHashMap<>();
    lines.forEach(line -> tables.computeIfAbsent(heading(line), none -> new ArrayList<>()).add(line));
    StringBuilder text = new StringBuilder();
    tables.forEach((heading, rows) -> text.append(heading).append(System.lineSeparator()).append(table(rows)));
    return text.toString();
  }

  private static String table(List<Line> lines) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("size", "ours", "min", "max", "peer", "", "min", "max", "ours/peer", "placement ns"));
    lines.forEach(line -> rows.add(row(line)));
    StringBuilder text = new StringBuilder(columns(rows));
    lines.stream().filter(line -> line.note() != null)
        .forEach(line -> text.append(line.peerName()).append(": ").append(line.note()).append(System.lineSeparator()));
    return text.toString();
  }

  /** Rows of as many cells each, one below the other. */
  static String columns(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        out.repeat(' ', widths[i] - row.get(i).length()).append(row.get(i)).repeat(' ', GAP);
      }
      text.append(out.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String heading(Line line) {
    return line.bench() + " in " + line.unit() + ": " + line.ranks() + " ranks " + (line.inJvm() ? "in one JVM " : "")
        + "over " + line.link() + ", buffers " + line.buffer() + ", wait " + line.style()
        + (line.spin() == null ? "" : ", spin " + line.spin()) + ", " + line.cores() + " cores";
  }

  private static List<String> row(Line line) {
    Sample peer = line.peer();
    Double ratio = line.ratio();
    return List.of(Sizes.text(line.size()), figure(line.ours().median()), figure(line.ours().min()),
        figure(line.ours().max()), line.peerName() == null ? "-" : line.peerName(),
        peer == null ? "-" : figure(peer.median()),
        peer == null ? "-" : figure(peer.min()), peer == null ? "-" : figure(peer.max()),
        ratio == null ? "-" : figure(ratio), figure(line.placement().median()));
  }

  /**
   * A figure with three digits.
   *
   * @param value any
   * @return such as 0.145, 12.3, 5830; a dash where there is none
   */
  public static String figure(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(value >= 1000 ? MathContext.UNLIMITED : DIGITS).setScale(
            scale(value), java.math.RoundingMode.HALF_UP).toPlainString()
        : "-";
  }

  private static int scale(double value) {
    double size = Math.abs(value);
    return size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  }
}
