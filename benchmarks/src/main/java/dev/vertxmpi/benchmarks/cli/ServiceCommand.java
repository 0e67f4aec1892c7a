package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.run.Suite;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vertx-mpi bench service}. */
@Command(name = "service", description =
    "An HTTP server and a timer on the loop of a rank - polling and in a ping-pong, beside sleeping.")
final class ServiceCommand implements Callable<Integer> {

  @Mixin
  private OutputOptions output;

  @Option(names = "--time", paramLabel = "SECONDS", defaultValue = "4",
      description = "How long each phase takes, of three in each of five rounds (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    try (OutputOptions to = output) {
      to.open();
      List<Line> lines = Suite.service(seconds);
      lines.forEach(line -> to.line(line.toJson()));
      to.table(lines);
    }
    return 0;
  }
}
