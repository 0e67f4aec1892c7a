package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.run.NamesAtScale;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vertx-mpi bench names-scale}. */
@Command(name = "names-scale", description = "Very many names on one name server in a process of its own - rate of "
    + "publishing, heap of the server after collections, and times of lookup among few names, among all, and while "
    + "others publish and leave. The column of sizes has the number of names.")
final class NamesScaleCommand implements Callable<Integer> {

  private static final int MOST = 10_000_000;

  @Spec
  private CommandSpec command;

  @Mixin
  private OutputOptions output;

  @Option(names = "--names", paramLabel = "N", defaultValue = "1000000",
      description = "Number of names (default ${DEFAULT-VALUE}).")
  private int names;

  @Override
  public Integer call() throws Exception {
    if (names < 1 || names > MOST) {
      throw new ParameterException(command.commandLine(), "--names must be 1 to " + MOST + ", but is " + names);
    }
    try (OutputOptions to = output) {
      to.open();
      new NamesAtScale(names, to::progress, line -> {
        to.line(line.toJson());
        if (to.isForPeople()) {
          System.out.printf(Locale.ROOT, "%-24s %,14.1f %s%n", line.bench(), line.ours().median(), line.unit());
        }
      }).run();
    }
    return 0;
  }
}
