package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.Benchmark;
import picocli.CommandLine.Command;

/** {@code vertx-mpi bench bibw}. */
@Command(name = "bibw", description = "Bandwidth of windows of messages both ways at once, in MB/s.")
final class BibwCommand extends MeasureCommand {

  BibwCommand() {
    super(Benchmark.BIBW);
  }
}
