package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.run.Suite;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vertx-mpi bench idle}. */
@Command(name = "idle", description =
    "CPU use of idle JVMs - ranks of a job, beside members of the same cluster without MPI.")
final class IdleCommand implements Callable<Integer> {

  @Mixin
  private OutputOptions output;

  @Option(names = {"-n", "--ranks"}, paramLabel = "N", defaultValue = "8",
      description = "Number of JVMs (default ${DEFAULT-VALUE}).")
  private int ranks;

  @Option(names = "--time", paramLabel = "SECONDS", defaultValue = "20",
      description = "How long each half takes (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    try (OutputOptions to = output) {
      to.open();
      List<Line> lines = List.of(Suite.idle(ranks, seconds));
      lines.forEach(line -> to.line(line.toJson()));
      to.table(lines);
    }
    return 0;
  }
}
