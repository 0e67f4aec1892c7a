package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.Benchmark;
import picocli.CommandLine.Command;

/** {@code vertx-mpi bench bw}. */
@Command(name = "bw", description = "Bandwidth of windows of messages one way, in MB/s.")
final class BwCommand extends MeasureCommand {

  BwCommand() {
    super(Benchmark.BW);
  }
}
