package dev.vertxmpi.benchmarks.result;

import java.util.ArrayList;
import java.util.List;

/** Parts for people: a row for each, with its time and the bytes that it allocates. */
public final class PartsTable {

  private PartsTable() {
  }

  /**
   * Writes results of one call.
   *
   * @param lines in pairs: the time of a part, then its bytes
   * @return several lines of text
   */
  public static String of(List<Line> lines) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("part", "size", "ns", "min", "max", "allocates"));
    for (int i = 0; i < lines.size(); i += 2) {
      Line time = lines.get(i);
      Sample nanos = time.ours();
      rows.add(List.of(time.bench(), time.size() == 0 ? "-" : Sizes.text(time.size()), TextTable.figure(nanos.median()),
          TextTable.figure(nanos.min()), TextTable.figure(nanos.max()), bytes(lines.get(i + 1))));
    }
    return TextTable.columns(rows);
  }

  /** What is less than a byte comes from the harness. */
  private static String bytes(Line line) {
    double median = line.ours().median();
    return Double.isFinite(median) ? Math.round(median) + " B" : "-";
  }
}
