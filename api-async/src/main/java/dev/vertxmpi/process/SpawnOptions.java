package dev.vertxmpi.process;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.Deployable;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What to spawn, and how often: verticles in this JVM, or processes of their own that run a main class or a command.
 *
 * <p>The reserved info keys of the standard:
 *
 * <pre>
 *   host    must be this host: other hosts are the business of a cluster's own launcher
 *   arch    must be that of this JVM
 *   wdir    folder in which processes start
 *   path    where a main class or a command is looked for
 *   soft    numbers of processes that are also welcome, such as 1:8:2,3; the largest one is started
 *   file    refused: its format would be of our own making
 * </pre>
 */
public final class SpawnOptions {

  private final Supplier<? extends Deployable> verticles;
  private final String mainClass;
  private final List<String> command;
  private int processes = 1;
  private List<String> arguments = List.of();
  private List<String> jvmOptions = List.of();
  private ThreadingModel threading = ThreadingModel.EVENT_LOOP;
  private String host;
  private String arch;
  private String directory;
  private String path;
  private String soft;

  private SpawnOptions(Supplier<? extends Deployable> verticles, String mainClass, List<String> command) {
    this.verticles = verticles;
    this.mainClass = mainClass;
    this.command = List.copyOf(command);
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public SpawnOptions(SpawnOptions other) {
    this(other.verticles, other.mainClass, other.command);
    this.processes = other.processes;
    this.arguments = other.arguments;
    this.jvmOptions = other.jvmOptions;
    this.threading = other.threading;
    this.host = other.host;
    this.arch = other.arch;
    this.directory = other.directory;
    this.path = other.path;
    this.soft = other.soft;
  }

  /**
   * From JSON: a main class or a command.
   *
   * @param json {@code mainClass} or {@code command} (array), {@code processes}, {@code arguments}, {@code jvmOptions}
   *     (arrays), {@code info} (the keys of {@link #setInfo})
   */
  public SpawnOptions(JsonObject json) {
    this(null, json.getString("mainClass"), strings(json, "command"));
    if ((mainClass == null) == command.isEmpty()) {
      throw new MpiException(ErrorClass.ARG, "what to spawn must be either a mainClass or a command");
    }
    setProcesses(json.getInteger("processes", 1));
    setArguments(strings(json, "arguments"));
    setJvmOptions(strings(json, "jvmOptions"));
    Map<String, String> info = new LinkedHashMap<>();
    json.getJsonObject("info", new JsonObject()).forEach(entry -> info.put(entry.getKey(), (String) entry.getValue()));
    setInfo(info);
  }

  private static List<String> strings(JsonObject json, String key) {
    return json.getJsonArray(key, new JsonArray()).stream().map(String.class::cast).toList();
  }

  /**
   * As JSON.
   *
   * @return what {@link #SpawnOptions(JsonObject)} reads
   * @throws MpiException {@link ErrorClass#UNSUPPORTED_OPERATION} for verticles: a supplier is code
   */
  public JsonObject toJson() {
    if (verticles != null) {
      throw new MpiException(ErrorClass.UNSUPPORTED_OPERATION, "verticles to spawn cannot be written as JSON");
    }
    JsonObject json = new JsonObject().put("processes", processes).put("arguments", new JsonArray(arguments))
        .put("jvmOptions", new JsonArray(jvmOptions));
    json = mainClass != null ? json.put("mainClass", mainClass) : json.put("command", new JsonArray(command));
    JsonObject info = new JsonObject();
    toInfo().forEach(info::put);
    return json.put("info", info);
  }

  /**
   * Ranks that are verticles of this JVM, each a deployment of its own.
   *
   * @param verticles called once for each rank, in order; each verticle calls {@link dev.vertxmpi.Mpi#init} as it
   *     starts
   * @return one rank
   */
  public static SpawnOptions verticles(Supplier<? extends Deployable> verticles) {
    return new SpawnOptions(Objects.requireNonNull(verticles), null, List.of());
  }

  /**
   * Ranks that are JVMs of their own.
   *
   * @param mainClass its {@code main} runs in each and calls {@link dev.vertxmpi.Mpi#launch}; found on the class path
   *     of this JVM, after {@link #setPath}
   * @return one rank
   */
  public static SpawnOptions mainClass(String mainClass) {
    return new SpawnOptions(null, Objects.requireNonNull(mainClass), List.of());
  }

  /**
   * Ranks that are processes of any command that ends up in a JVM with {@link dev.vertxmpi.Mpi#launch}.
   *
   * @param command the executable, then arguments that come before {@link #setArguments}
   * @return one rank
   */
  public static SpawnOptions command(String... command) {
    if (command.length == 0) {
      throw new MpiException(ErrorClass.ARG, "command must name an executable");
    }
    return new SpawnOptions(null, null, List.of(command));
  }

  /**
   * The supplier of verticles.
   *
   * @return empty for processes
   */
  public Optional<Supplier<? extends Deployable>> getVerticles() {
    return Optional.ofNullable(verticles);
  }

  /**
   * The main class of processes.
   *
   * @return empty for verticles and commands
   */
  public Optional<String> getMainClass() {
    return Optional.ofNullable(mainClass);
  }

  /**
   * The command of processes.
   *
   * @return empty for verticles and main classes
   */
  public List<String> getCommand() {
    return command;
  }

  /**
   * The number of ranks.
   *
   * @return at least 1
   */
  public int getProcesses() {
    return processes;
  }

  /**
   * Sets the number of ranks: {@code maxprocs}.
   *
   * @param processes at least 1
   * @return this
   */
  public SpawnOptions setProcesses(int processes) {
    if (processes < 1) {
      throw new MpiException(ErrorClass.ARG, "processes must be at least 1, but is " + processes);
    }
    this.processes = processes;
    return this;
  }

  /**
   * The arguments of processes.
   *
   * @return unmodifiable
   */
  public List<String> getArguments() {
    return arguments;
  }

  /**
   * Sets the arguments of processes: {@code argv}. They can be seen by everybody on the host.
   *
   * @param arguments copied
   * @return this
   */
  public SpawnOptions setArguments(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
    return this;
  }

  /**
   * Options of the JVMs of a main class.
   *
   * @return unmodifiable
   */
  public List<String> getJvmOptions() {
    return jvmOptions;
  }

  /**
   * Sets options of the JVMs of a main class.
   *
   * @param jvmOptions such as {@code -Xmx1g}; copied
   * @return this
   */
  public SpawnOptions setJvmOptions(List<String> jvmOptions) {
    this.jvmOptions = List.copyOf(jvmOptions);
    return this;
  }

  /**
   * What verticles run on.
   *
   * @return event loop, worker or virtual thread
   */
  public ThreadingModel getThreading() {
    return threading;
  }

  /**
   * Sets what verticles run on.
   *
   * @param threading event loop by default
   * @return this
   */
  public SpawnOptions setThreading(ThreadingModel threading) {
    this.threading = Objects.requireNonNull(threading);
    return this;
  }

  /**
   * The host to start on.
   *
   * @return empty for this one
   */
  public Optional<String> getHost() {
    return Optional.ofNullable(host);
  }

  /**
   * Sets the host to start on; info key {@code host}. Any but this host fails the spawn with {@link ErrorClass#SPAWN}.
   *
   * @param host name or address; null for this one
   * @return this
   */
  public SpawnOptions setHost(String host) {
    this.host = host;
    return this;
  }

  /**
   * The architecture asked for.
   *
   * @return empty for that of this JVM
   */
  public Optional<String> getArch() {
    return Optional.ofNullable(arch);
  }

  /**
   * Sets the architecture; info key {@code arch}. Any but {@code os.arch} of this JVM fails the spawn with
   * {@link ErrorClass#SPAWN}.
   *
   * @param arch such as {@code amd64}; null for that of this JVM
   * @return this
   */
  public SpawnOptions setArch(String arch) {
    this.arch = arch;
    return this;
  }

  /**
   * The folder in which processes start.
   *
   * @return empty for that of this JVM
   */
  public Optional<String> getDirectory() {
    return Optional.ofNullable(directory);
  }

  /**
   * Sets the folder in which processes start; info key {@code wdir}.
   *
   * @param directory null for that of this JVM
   * @return this
   */
  public SpawnOptions setDirectory(String directory) {
    this.directory = directory;
    return this;
  }

  /**
   * Where a program is looked for.
   *
   * @return empty for the class path of this JVM or the search path of the operating system
   */
  public Optional<String> getPath() {
    return Optional.ofNullable(path);
  }

  /**
   * Sets where a program is looked for; info key {@code path}. For a main class, folders and jars that come before the
   * class path of this JVM; for a command, folders that come before the search path.
   *
   * @param path separated as the operating system does it; null for none
   * @return this
   */
  public SpawnOptions setPath(String path) {
    this.path = path;
    return this;
  }

  /**
   * Which numbers of ranks are welcome.
   *
   * @return empty for {@link #getProcesses()} alone
   */
  public Optional<String> getSoft() {
    return Optional.ofNullable(soft);
  }

  /**
   * Sets which numbers of ranks are welcome; info key {@code soft}. The largest one up to {@link #getProcesses()} is
   * started; there is no attempt with fewer.
   *
   * @param soft {@code first}, {@code first:last} or {@code first:last:stride}, several with commas; null for
   *     {@link #getProcesses()} alone
   * @return this
   * @throws MpiException {@link ErrorClass#INFO_VALUE} where it is malformed
   */
  public SpawnOptions setSoft(String soft) {
    if (soft != null) {
      SoftCount.largest(soft, processes);
    }
    this.soft = soft;
    return this;
  }

  /**
   * The number of ranks that is started.
   *
   * @return the largest that {@link #getSoft()} welcomes; empty where it welcomes none
   */
  public OptionalInt count() {
    return soft == null ? OptionalInt.of(processes) : SoftCount.largest(soft, processes);
  }

  /**
   * Reads info keys; unknown ones are ignored.
   *
   * @param info {@code host}, {@code arch}, {@code wdir}, {@code path}, {@code soft}
   * @return this
   * @throws MpiException {@link ErrorClass#INFO_VALUE} for the key {@code file}, or a value that is malformed
   */
  public SpawnOptions setInfo(Map<String, String> info) {
    if (info.containsKey("file")) {
      throw new MpiException(ErrorClass.INFO_VALUE, "file is not supported: its format is left to each library");
    }
    info.forEach((key, value) -> {
      switch (key) {
        case "host" -> setHost(value.strip());
        case "arch" -> setArch(value.strip());
        case "wdir" -> setDirectory(value);
        case "path" -> setPath(value);
        case "soft" -> setSoft(value);
        default -> { }
      }
    });
    return this;
  }

  /**
   * The values in force.
   *
   * @return info keys and values
   */
  public Map<String, String> toInfo() {
    Map<String, String> info = new LinkedHashMap<>();
    getHost().ifPresent(value -> info.put("host", value));
    getArch().ifPresent(value -> info.put("arch", value));
    getDirectory().ifPresent(value -> info.put("wdir", value));
    getPath().ifPresent(value -> info.put("path", value));
    getSoft().ifPresent(value -> info.put("soft", value));
    return info;
  }
}
