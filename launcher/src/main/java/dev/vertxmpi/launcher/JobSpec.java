package dev.vertxmpi.launcher;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** What to start as a job. */
public final class JobSpec {

  private final String mainClass;
  private int ranks = 1;
  private List<String> arguments = List.of();
  private String classPath = "";
  private List<String> jvmOptions = List.of();
  private List<String> links = List.of();
  private List<String> nameServers = List.of();
  private Duration joinTimeout;
  private Map<String, String> environment = Map.of();
  private boolean standardInput;
  private OutputHandler outputHandler = (rank, source, line) -> { };
  private Consumer<JobEvent> eventHandler = event -> { };

  /**
   * One rank, no arguments, silent.
   *
   * @param mainClass its {@code main} runs in each rank
   */
  public JobSpec(String mainClass) {
    this.mainClass = Objects.requireNonNull(mainClass);
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public JobSpec(JobSpec other) {
    this.mainClass = other.mainClass;
    this.ranks = other.ranks;
    this.arguments = other.arguments;
    this.classPath = other.classPath;
    this.jvmOptions = other.jvmOptions;
    this.links = other.links;
    this.nameServers = other.nameServers;
    this.joinTimeout = other.joinTimeout;
    this.environment = other.environment;
    this.standardInput = other.standardInput;
    this.outputHandler = other.outputHandler;
    this.eventHandler = other.eventHandler;
  }

  /**
   * The class whose {@code main} runs in each rank.
   *
   * @return its binary name
   */
  public String getMainClass() {
    return mainClass;
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
