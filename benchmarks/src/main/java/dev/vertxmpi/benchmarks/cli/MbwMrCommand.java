package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.Benchmark;
import picocli.CommandLine.Command;

/** {@code vertx-mpi bench mbw_mr}. */
@Command(name = "mbw_mr", description = "Messages per second of windows over pairs of ranks.")
final class MbwMrCommand extends MeasureCommand {

  MbwMrCommand() {
    super(Benchmark.MBW_MR);
  }
}
