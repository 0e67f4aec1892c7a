package dev.vertxmpi.launcher.cli;

import dev.vertxmpi.launcher.JobConsole;
import dev.vertxmpi.launcher.JobLauncher;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.cache.StartCache;
import java.io.File;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vertx-mpi run}. */
@Command(name = "run", description = "Starts a job: N processes on this host, each a rank.",
    customSynopsis = {"vertx-mpi run [OPTIONS] [--] MAIN-CLASS [ARGUMENTS]",
        "       vertx-mpi run [OPTIONS] --jar APP.jar [--] [ARGUMENTS]"},
    footer = {"", "Rank 0 reads the standard input. The exit code is 0 where every rank ends with 0, else that of the "
        + "first rank that failed (128 + n where signal n killed it)."})
final class RunCommand implements Callable<Integer> {

  @Spec
  private CommandSpec command;

  @Option(names = {"-n", "--ranks"}, paramLabel = "N", defaultValue = "1", description = "Number of ranks (default 1).")
  private int ranks;

  @Option(names = "--links", paramLabel = "NAME", split = ",",
      description = "Links that the ranks may use, best first, such as local,shm,tcp,bus.")
  private List<String> links = new ArrayList<>();

  @Option(names = "--clustered", description = "Have Mpi.launch build clustered Vert.x instances, so that the ranks "
      + "have an event bus in common. They take longer to start.")
  private boolean clustered;

  @Option(names = "--name-server", paramLabel = "HOST:PORT", split = ",",
      description = "A name server for the global scope; may be repeated.")
  private List<String> nameServers = new ArrayList<>();

  @Option(names = "--timeout", paramLabel = "SECONDS",
      description = "End the job where not all ranks have called Mpi.init by then.")
  private BigDecimal timeout;

  @Option(names = "--no-prefix", description = "Show the ranks' lines without the rank in front.")
  private boolean noPrefix;

  @Option(names = "--verbose", description = "Tell when ranks start, join and end.")
  private boolean verbose;

  @Option(names = "-J", paramLabel = "OPTION", description = "An option for the ranks' JVMs, such as -J-Xmx1g; may be "
      + "repeated.")
  private List<String> jvmOptions = new ArrayList<>();

  @Option(names = {"--class-path", "-cp"}, paramLabel = "PATH",
      description = "Folders and jars of your program; vertx-mpi's own follow by themselves.")
  private String classPath = "";

  @Option(names = "--jar", paramLabel = "APP.jar", description = "Run the main class that a jar names.")
  private Path jar;

  @Parameters(paramLabel = "MAIN-CLASS", description = "The class to run (not with --jar), then its arguments.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    JobConsole console = new JobConsole().setPrefix(!noPrefix).setVerbose(verbose);
    JobSpec spec = spec().setStandardInput(true).setOutputHandler(console).setEventHandler(console);
    int code = Foreground.run(JobLauncher.start(spec));
    if (code == 0) {
      StartCache.makeIfMissing(spec);
    }
    return code;
  }

  /** What the options ask for. */
  JobSpec spec() {
    JobSpec spec = jar == null ? ofClass() : ofJar();
    if (ranks < 1) {
      throw wrong("-n must be at least 1, but is " + ranks);
    }
    spec.setRanks(ranks).setClustered(clustered).setLinks(names("--links", links))
        .setNameServers(names("--name-server", nameServers));
    if (timeout != null) {
      if (timeout.signum() <= 0 || timeout.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
        throw wrong("--timeout must be a positive number of seconds, but is " + timeout);
      }
      spec.setJoinTimeout(Duration.ofMillis(Math.max(1, timeout.movePointRight(3).longValue())));
    }
    return spec.setJvmOptions(jvmOptions);
  }

  private JobSpec ofClass() {
    if (words.isEmpty()) {
      throw wrong("a main class is missing: name one, or a jar with --jar");
    }
    return new JobSpec(words.getFirst()).setArguments(words.subList(1, words.size())).setClassPath(classPath);
  }

  private JobSpec ofJar() {
    String path = classPath.isEmpty() ? jar.toString() : jar + File.pathSeparator + classPath;
    return new JobSpec(JarMain.of(jar)).setArguments(words).setClassPath(path);
  }

  private List<String> names(String option, List<String> values) {
    boolean asked = command.commandLine().getParseResult().hasMatchedOption(option);
    if ((asked && values.isEmpty()) || values.stream().anyMatch(String::isBlank)) {
      throw wrong(option + " must name something, with commas between");
    }
    return values.stream().map(String::strip).toList();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
