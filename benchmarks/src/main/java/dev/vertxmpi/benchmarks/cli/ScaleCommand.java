package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.run.Suite;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vertx-mpi bench scale}. */
@Command(name = "scale", description =
    "Many ranks in one JVM - start, heap, barrier, allreduce, frames for each rank, end.")
final class ScaleCommand implements Callable<Integer> {

  @Mixin
  private OutputOptions output;

  @Option(names = {"-n", "--ranks"}, paramLabel = "N", defaultValue = "10000",
      description = "Number of ranks (default ${DEFAULT-VALUE}).")
  private int ranks;

  @Option(names = "--repetitions", paramLabel = "N", defaultValue = "5",
      description = "How often collectives are measured; the median counts (default ${DEFAULT-VALUE}).")
  private int repetitions;

  @Override
  public Integer call() throws Exception {
    try (OutputOptions to = output) {
      to.open();
      List<Line> lines = Suite.scale(ranks, repetitions);
      lines.forEach(line -> to.line(line.toJson()));
      to.table(lines);
    }
    return 0;
  }
}
