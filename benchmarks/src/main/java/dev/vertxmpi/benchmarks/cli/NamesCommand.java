package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.Benchmark;
import java.math.BigDecimal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vertx-mpi bench names}. */
@Command(name = "names", description = "Time of publish, lookup by another rank, and unpublish, in microseconds.")
final class NamesCommand extends MeasureCommand {

  @Option(names = "--scope", paramLabel = "local|global", defaultValue = "local",
      description = "Names of the job itself, or on a name server of its own process - for peers ompi-server and "
          + "hydra_nameserver; ours runs in the driver's process (default ${DEFAULT-VALUE}).")
  private String scope;

  NamesCommand() {
    super(Benchmark.NAMES);
  }

  @Override
  Benchmark benchmark() {
    return switch (scope) {
      case "local" -> Benchmark.NAMES;
      case "global" -> Benchmark.NAMES_GLOBAL;
      default -> throw wrong("--scope must be local or global, but is " + scope);
    };
  }

  @Override
  BigDecimal usualWarmUp() {
    return BigDecimal.valueOf(20);
  }
}
