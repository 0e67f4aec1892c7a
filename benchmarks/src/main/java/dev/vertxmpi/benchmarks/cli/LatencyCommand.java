package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.Benchmark;
import picocli.CommandLine.Command;

/** {@code vertx-mpi bench latency}. */
@Command(name = "latency", description = "Half of the round trip of a message between two ranks, in microseconds.")
final class LatencyCommand extends MeasureCommand {

  LatencyCommand() {
    super(Benchmark.LATENCY);
  }
}
