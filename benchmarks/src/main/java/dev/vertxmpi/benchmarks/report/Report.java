package dev.vertxmpi.benchmarks.report;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.Sizes;
import dev.vertxmpi.benchmarks.result.TextTable;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page: tables of all results, losses marked, and a plot for each benchmark that has several sizes. */
public final class Report {

  private static final String HEAD = """
      # Performance

      This page is made by a program from a record of measurements: do not edit it. Make both again with

      ```
      bin/vertx-mpi bench all --json record.json
      bin/vertx-mpi bench report --json record.json --to docs
      ```

      Ours and the peers measured in turn, in one run; figures are medians of the repetitions. The ratio is ours
      divided by the peer's. 🟩 ours is better, 🟥 ours is worse, ⬜ within 5 %. Absolute figures hold for this machine
      only. Where the time goes, where a peer is faster: [profiles](profiles.md).
      """;

  private static final double CLOSE = 1.05;

  private final JsonObject machine;
  private final List<Line> lines;

  private Report(JsonObject machine, List<Line> lines) {
    this.machine = machine;
    this.lines = lines;
  }

  /**
   * Reads a record.
   *
   * @param file of {@code bench all}
   * @return the report
   * @throws IOException where it cannot be read
   */
  public static Report read(Path file) throws IOException {
    JsonObject machine = new JsonObject();
    List<Line> lines = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      JsonObject json = new JsonObject(text);
      if (json.containsKey("machine")) {
        machine = json.getJsonObject("machine");
      } else {
        lines.add(Line.fromJson(json));
      }
    }
    return new Report(machine, lines);
  }

  /**
   * Writes the page and its plots.
   *
   * @param folder gets performance.md and the folder performance
   * @throws IOException where it cannot be written
   */
  public void writeTo(Path folder) throws IOException {
    Path plots = folder.resolve("performance");
    Files.createDirectories(plots);
    StringBuilder page = new StringBuilder(HEAD);
    if (machine.getString("note") != null) {
      page.append("\n**").append(machine.getString("note")).append("**\n");
    }
    page.append("\n## Machine\n\n| | |\n|---|---|\n");
    machine.forEach(fact -> {
      if (fact.getValue() != null && !fact.getKey().equals("note")) {
        page.append("| ").append(fact.getKey()).append(" | ").append(fact.getValue()).append(" |\n");
      }
    });
    for (Map.Entry<String, List<Line>> group : groups().entrySet()) {
      page.append("\n## ").append(group.getKey()).append("\n\n");
      if (group.getValue().stream().map(Line::size).distinct().count() > 1) {
        String name = group.getKey().replaceAll("[^a-zA-Z0-9]+", "-") + ".svg";
        Files.writeString(plots.resolve(name), Plot.of(group.getKey(), group.getValue()));
        page.append("![").append(group.getKey()).append("](performance/").append(name).append(")\n\n");
      }
      table(page, group.getValue());
    }
    Files.writeString(folder.resolve("performance.md"), page);
  }

  private Map<String, List<Line>> groups() {
    Map<String, List<Line>> groups = new LinkedHashMap<>();
    lines.forEach(line -> groups.computeIfAbsent(title(line), none -> new ArrayList<>()).add(line));
    return groups;
  }

  private static String title(Line line) {
    if (line.buffer().equals("-")) {
      return line.bench().replaceAll("_.*", "") + ", " + line.ranks() + " ranks";
    }
    return line.bench() + " over " + line.link() + ", " + line.ranks() + " ranks" + (line.inJvm() ? " in one JVM" : "")
        + ", " + line.buffer() + " buffers, " + line.style() + (line.spin() == null ? "" : ", spin " + line.spin());
  }

  private static void table(StringBuilder page, List<Line> lines) {
    page.append("| what | unit | ours | min – max | peer | of | ratio | |\n|---|---|--:|--:|--:|---|--:|---|\n");
    for (Line line : lines) {
      boolean compared = line.peer() != null;
      page.append("| ").append(line.size() > 0 ? Sizes.text(line.size()) : line.bench())
          .append(" | ").append(line.unit())
          .append(" | ").append(TextTable.figure(line.ours().median()))
          .append(" | ").append(TextTable.figure(line.ours().min())).append(" – ")
          .append(TextTable.figure(line.ours().max()))
          .append(" | ").append(compared ? TextTable.figure(line.peer().median()) : "")
          .append(" | ").append(compared ? line.peerName() : "")
          .append(" | ").append(compared ? TextTable.figure(line.ratio()) : "")
          .append(" | ").append(compared ? mark(line.timesWorse()) : "").append(" |\n");
    }
  }

  private static String mark(double timesWorse) {
    return timesWorse > CLOSE ? "🟥" : timesWorse < 1 / CLOSE ? "🟩" : "⬜";
  }
}
