package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.peer.PeerKind;
import dev.vertxmpi.benchmarks.report.Machine;
import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.run.Plan;
import dev.vertxmpi.benchmarks.run.Session;
import dev.vertxmpi.benchmarks.run.Suite;
import io.vertx.core.json.JsonObject;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vertx-mpi bench all}. */
@Command(name = "all", description = "Makes the whole record, in less than ten minutes on a quiet machine. What fails "
    + "is told and left out.")
final class AllCommand implements Callable<Integer> {

  @Option(names = "--json", paramLabel = "FILE", required = true,
      description = "Where the record goes: machine facts, then a line for each result.")
  private Path file;

  @Option(names = "--note", paramLabel = "TEXT", description = "What readers must know of this run, such as: loaded.")
  private String note;

  @Option(names = "--repetitions", paramLabel = "N", defaultValue = "5",
      description = "How often each figure is measured; the median counts (default ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(names = "--millis", paramLabel = "N", defaultValue = "200",
      description = "How long a repetition takes (default ${DEFAULT-VALUE}).")
  private int millis;

  private int failed;

  private interface Part {
    void run() throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    List<String> peers = Arrays.stream(PeerKind.values()).filter(PeerKind::isInstalled).map(PeerKind::title).toList();
    try (Writer out = Files.newBufferedWriter(file)) {
      write(out, Machine.facts(peers, note));
      for (Plan plan : new Suite(peers, repetitions, Duration.ofMillis(millis)).plans()) {
        part(plan.benchmark().title() + " over " + plan.links().getFirst(),
            () -> new Session(plan, AllCommand::tell).run(line -> write(out, line.toJson())));
      }
      part("scale", () -> write(out, Suite.scale(10_000, repetitions)));
      part("service", () -> write(out, Suite.service(1)));
      part("idle", () -> write(out, List.of(Suite.idle(8, 60))));
    }
    return failed == 0 ? 0 : 1;
  }

  private void part(String name, Part part) throws InterruptedException {
    tell(name);
    try {
      part.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failed++;
      tell(name + " failed: " + e.getMessage());
    }
  }

  private static void tell(String text) {
    System.err.println("bench: " + text);
  }

  private static void write(Writer out, List<Line> lines) {
    lines.forEach(line -> write(out, line.toJson()));
  }

  private static void write(Writer out, JsonObject line) {
    try {
      out.write(line.encode() + "\n");
      out.flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
