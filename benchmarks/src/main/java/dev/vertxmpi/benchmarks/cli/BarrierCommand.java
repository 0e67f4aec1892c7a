package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.Benchmark;
import picocli.CommandLine.Command;

/** {@code vertx-mpi bench barrier}. */
@Command(name = "barrier", description = "Time of a barrier of all ranks, in microseconds.")
final class BarrierCommand extends MeasureCommand {

  BarrierCommand() {
    super(Benchmark.BARRIER);
  }
}
