package dev.vertxmpi.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What to start as a job. */
public final class JobSpec {

  private final String mainClass;
  private final List<String> command;
  private int ranks = 1;
  private List<String> arguments = List.of();
  private String classPath = "";
  private List<String> jvmOptions = List.of();
  private List<String> links = List.of();
  private boolean clustered;
  private List<String> nameServers = List.of();
  private Duration joinTimeout;
  private Map<String, String> environment = Map.of();
  private Path directory;
  private List<JobSpec> further = List.of();
  private JobFamily family;
  private boolean standardInput;
  private OutputHandler outputHandler = (rank, source, line) -> { };
  private Consumer<JobEvent> eventHandler = event -> { };

  /**
   * One rank, no arguments, silent.
   *
   * @param mainClass its {@code main} runs in each rank
   */
  public JobSpec(String mainClass) {
    this(Objects.requireNonNull(mainClass), List.of());
  }

  private JobSpec(String mainClass, List<String> command) {
    this.mainClass = mainClass;
    this.command = List.copyOf(command);
  }

  /**
   * One rank that is any command.
   *
   * @param command an executable that ends up in a JVM, then its first arguments
   * @return a new spec
   */
  public static JobSpec ofCommand(List<String> command) {
    if (command.isEmpty()) {
      throw new LauncherException("a command must name an executable");
    }
    return new JobSpec("", command);
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public JobSpec(JobSpec other) {
    this(other.mainClass, other.command);
    this.ranks = other.ranks;
    this.arguments = other.arguments;
    this.classPath = other.classPath;
    this.jvmOptions = other.jvmOptions;
    this.links = other.links;
    this.clustered = other.clustered;
    this.nameServers = other.nameServers;
    this.joinTimeout = other.joinTimeout;
    this.environment = other.environment;
    this.directory = other.directory;
    this.further = other.further;
    this.family = other.family;
    this.standardInput = other.standardInput;
    this.outputHandler = other.outputHandler;
    this.eventHandler = other.eventHandler;
  }

  /**
   * The class whose {@code main} runs in each rank.
   *
   * @return its binary name; empty for a command
   */
  public String getMainClass() {
    return mainClass;
  }

  /**
   * The command that each rank is.
   *
   * @return empty for a main class
   */
  public List<String> getCommand() {
    return command;
  }

  /**
   * Where ranks start.
   *
   * @return empty for the folder of this process
   */
  public Optional<Path> getDirectory() {
    return Optional.ofNullable(directory);
  }

  /**
   * Sets where ranks start.
   *
   * @param directory an existing folder; null for that of this process
   * @return this
   */
  public JobSpec setDirectory(Path directory) {
    this.directory = directory;
    return this;
  }

  /**
   * All programs of the job, this one first. Ranks count on from one to the next.
   *
   * @return unmodifiable
   */
  public List<JobSpec> programs() {
    return Stream.concat(Stream.of(this), further.stream()).toList();
  }

  /**
   * Adds a program to the job.
   *
   * @param program what it runs, where and how often; what it says about the whole job does not count; copied
   * @return this
   */
  public JobSpec addProgram(JobSpec program) {
    further = Stream.concat(further.stream(), Stream.of(new JobSpec(program))).toList();
    return this;
  }

  /**
   * The number of ranks of all programs.
   *
   * @return at least 1
   */
  public int totalRanks() {
    return programs().stream().mapToInt(JobSpec::getRanks).sum();
  }

  /**
   * Who spawned the job.
   *
   * @return empty where nobody did
   */
  public Optional<JobFamily> getFamily() {
    return Optional.ofNullable(family);
  }

  /**
   * Sets who spawned the job.
   *
   * @param family null where nobody did
   * @return this
   */
  public JobSpec setFamily(JobFamily family) {
    this.family = family;
    return this;
  }

  /**
   * The number of ranks.
   *
   * @return at least 1
   */
  public int getRanks() {
    return ranks;
  }

  /**
   * Sets the number of ranks.
   *
   * @param ranks at least 1
   * @return this
   */
  public JobSpec setRanks(int ranks) {
    if (ranks < 1) {
      throw new LauncherException("the number of ranks must be at least 1, but is " + ranks);
    }
    this.ranks = ranks;
    return this;
  }

  /**
   * The arguments of {@code main}, the same for all ranks.
   *
   * @return unmodifiable
   */
  public List<String> getArguments() {
    return arguments;
  }

  /**
   * Sets the arguments of {@code main}.
   *
   * @param arguments copied
   * @return this
   */
  public JobSpec setArguments(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
    return this;
  }

  /**
   * What ranks see before the class path of this JVM.
   *
   * @return a path list, empty for nothing
   */
  public String getClassPath() {
    return classPath;
  }

  /**
   * Sets what ranks see before the class path of this JVM.
   *
   * @param classPath folders and jars, separated as the operating system does it
   * @return this
   */
  public JobSpec setClassPath(String classPath) {
    this.classPath = Objects.requireNonNull(classPath);
    return this;
  }

  /**
   * Options of the ranks' JVMs, besides those that make them start without warnings.
   *
   * @return unmodifiable
   */
  public List<String> getJvmOptions() {
    return jvmOptions;
  }

  /**
   * Sets options of the ranks' JVMs.
   *
   * @param jvmOptions such as {@code -Xmx1g}; copied
   * @return this
   */
  public JobSpec setJvmOptions(List<String> jvmOptions) {
    this.jvmOptions = List.copyOf(jvmOptions);
    return this;
  }

  /**
   * The links that ranks may use.
   *
   * @return best first; empty to leave it to the ranks
   */
  public List<String> getLinks() {
    return links;
  }

  /**
   * Sets the links that ranks may use.
   *
   * @param links best first; copied
   * @return this
   */
  public JobSpec setLinks(List<String> links) {
    this.links = List.copyOf(links);
    return this;
  }

  /**
   * Whether ranks shall have an event bus in common.
   *
   * @return false by default: they join a cluster when they use names of the local scope or process sets
   */
  public boolean isClustered() {
    return clustered;
  }

  /**
   * Has {@code Mpi.launch} build clustered {@code Vertx}s. The cluster is there before the ranks start, which then
   * takes longer.
   *
   * @param clustered true for an event bus in common
   * @return this
   */
  public JobSpec setClustered(boolean clustered) {
    this.clustered = clustered;
    return this;
  }

  /**
   * The name servers of the global scope.
   *
   * @return host:port each; empty to leave it to the environment
   */
  public List<String> getNameServers() {
    return nameServers;
  }

  /**
   * Sets the name servers of the global scope.
   *
   * @param nameServers host:port each; copied
   * @return this
   */
  public JobSpec setNameServers(List<String> nameServers) {
    this.nameServers = List.copyOf(nameServers);
    return this;
  }

  /**
   * How long ranks may take to call {@code Mpi.init}.
   *
   * @return empty for as long as they like
   */
  public Optional<Duration> getJoinTimeout() {
    return Optional.ofNullable(joinTimeout);
  }

  /**
   * Sets how long ranks may take to call {@code Mpi.init}, counted from their start. A job that takes longer is ended.
   *
   * @param joinTimeout positive
   * @return this
   */
  public JobSpec setJoinTimeout(Duration joinTimeout) {
    if (!joinTimeout.isPositive()) {
      throw new LauncherException("the time for ranks to join must be positive, but is " + joinTimeout);
    }
    this.joinTimeout = joinTimeout;
    return this;
  }

  /**
   * Variables that ranks get besides those of this process.
   *
   * @return unmodifiable
   */
  public Map<String, String> getEnvironment() {
    return environment;
  }

  /**
   * Sets variables that ranks get besides those of this process. Those that make a process a rank are not for setting.
   *
   * @param environment copied
   * @return this
   */
  public JobSpec setEnvironment(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    return this;
  }

  /**
   * Whether rank 0 reads the standard input of this process.
   *
   * @return false: all ranks find their standard input empty
   */
  public boolean isStandardInput() {
    return standardInput;
  }

  /**
   * Sets whether rank 0 reads the standard input of this process.
   *
   * @param standardInput false by default
   * @return this
   */
  public JobSpec setStandardInput(boolean standardInput) {
    this.standardInput = standardInput;
    return this;
  }

  /**
   * Who takes the output.
   *
   * @return by default it is thrown away
   */
  public OutputHandler getOutputHandler() {
    return outputHandler;
  }

  /**
   * Sets who takes the output.
   *
   * @param outputHandler called from several threads
   * @return this
   */
  public JobSpec setOutputHandler(OutputHandler outputHandler) {
    this.outputHandler = Objects.requireNonNull(outputHandler);
    return this;
  }

  /**
   * Who is told what happens.
   *
   * @return by default nobody
   */
  public Consumer<JobEvent> getEventHandler() {
    return eventHandler;
  }

  /**
   * Sets who is told what happens.
   *
   * @param eventHandler called from a thread of the job; must not block
   * @return this
   */
  public JobSpec setEventHandler(Consumer<JobEvent> eventHandler) {
    this.eventHandler = Objects.requireNonNull(eventHandler);
    return this;
  }
}
