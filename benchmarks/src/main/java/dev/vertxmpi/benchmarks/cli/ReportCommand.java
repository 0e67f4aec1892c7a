package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.report.Report;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vertx-mpi bench report}. */
@Command(name = "report", description = "Writes performance.md and its plots from a record of \"bench all\".")
final class ReportCommand implements Callable<Integer> {

  @Option(names = "--json", paramLabel = "FILE", required = true, description = "The record.")
  private Path file;

  @Option(names = "--to", paramLabel = "FOLDER", defaultValue = "docs",
      description = "Gets performance.md and performance/*.svg (default ${DEFAULT-VALUE}).")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    Report.read(file).writeTo(folder);
    return 0;
  }
}
