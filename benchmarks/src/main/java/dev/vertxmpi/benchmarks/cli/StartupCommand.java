package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.run.StartUp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vertx-mpi bench startup}. */
@Command(name = "startup", description = {"A program that does nothing but begin and end, in milliseconds from the "
    + "start of its launcher - until all ranks have begun (startup_init), and until the launcher has ended "
    + "(startup_end). With a JVM for each rank, and with one JVM for all.",
    "Peers start a process for each rank in both cases."})
final class StartupCommand implements Callable<Integer> {

  @Spec
  private CommandSpec command;

  @Mixin
  private OutputOptions output;

  @Option(names = {"-n", "--ranks"}, paramLabel = "N", defaultValue = "4",
      description = "Number of ranks (default ${DEFAULT-VALUE}).")
  private int ranks;

  @Option(names = "--repetitions", paramLabel = "N", defaultValue = "5",
      description = "How often each figure is measured; the median counts (default ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(names = "-J", paramLabel = "OPTION",
      description = "An option for our ranks' JVMs, such as -J-Xmx1g; may be repeated.")
  private List<String> jvmOptions = new ArrayList<>();

  @Mixin
  private PeerOptions peers;

  @Override
  public Integer call() throws Exception {
    if (ranks < 1 || repetitions < 1) {
      throw new ParameterException(command.commandLine(), "--ranks and --repetitions must be at least 1, but are "
          + ranks + " and " + repetitions);
    }
    try (OutputOptions to = output) {
      to.open();
      List<Line> lines = new StartUp(ranks, repetitions, jvmOptions, peers.names(), to::progress).run();
      lines.forEach(line -> to.line(line.toJson()));
      to.table(lines);
    }
    return 0;
  }
}
