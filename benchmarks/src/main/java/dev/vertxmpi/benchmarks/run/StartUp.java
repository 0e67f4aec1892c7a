package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.benchmarks.peer.Peer;
import dev.vertxmpi.benchmarks.peer.PeerKind;
import dev.vertxmpi.benchmarks.program.HelloRank;
import dev.vertxmpi.benchmarks.program.HelloRanks;
import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.Sample;
import dev.vertxmpi.benchmarks.result.TextTable;
import dev.vertxmpi.launcher.VertxMpi;
import dev.vertxmpi.launcher.cache.StartCache;
import dev.vertxmpi.launcher.job.JvmCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Start-up of a program that does nothing else. In each repetition all begin in turn:
 *
 * <pre>
 *   ours, a JVM for each rank      ours, one JVM      peer, peer
 * </pre>
 */
public final class StartUp {

  /** The script that has started this JVM, which says where it is: users start jobs with it. */
  private static final String SCRIPT = "vertx-mpi.script";

  private static final Duration LONGEST_MAKING = Duration.ofMinutes(3);
  private static final String JVMS = "ours in JVMs";
  private static final String ONE_JVM = "ours in one JVM";

  private final int ranks;
  private final int repetitions;
  private final List<String> jvmOptions;
  private final List<String> peers;
  private final Consumer<String> progress;
  private final Map<String, List<Run>> runs = new LinkedHashMap<>();

  /** Milliseconds from the start of a command until all ranks were ready, and until it had ended. */
  record Run(double ready, double end) {
  }

  /**
   * A measurement.
   *
   * @param ranks how many
   * @param repetitions of each
   * @param jvmOptions of our ranks' JVMs
   * @param peers compared with, by name
   * @param progress is told what goes on
   */
  public StartUp(int ranks, int repetitions, List<String> jvmOptions, List<String> peers, Consumer<String> progress) {
    this.ranks = ranks;
    this.repetitions = repetitions;
    this.jvmOptions = List.copyOf(jvmOptions);
    this.peers = List.copyOf(peers);
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @return a line for each of ours and each peer
   * @throws IOException where something cannot be started
   * @throws InterruptedException where this thread is asked to end
   */
  public List<Line> run() throws IOException, InterruptedException {
    try (Scratch scratch = new Scratch()) {
      Map<String, List<String>> commands = new LinkedHashMap<>();
      commands.put(JVMS, inJvms());
      commands.put(ONE_JVM, inOneJvm());
      for (String name : peers) {
        progress.accept("compiling for " + name);
        commands.put(name, Peer.compile(PeerKind.valueOf(name.toUpperCase(Locale.ROOT)), false, scratch.folder())
            .hello(ranks));
      }
      if (jvmOptions.isEmpty() && System.getProperty(StartCache.PROPERTY) != null) {
        // The first job has the start cache made, by a process that would disturb the others.
        Hello.run(inJvms(), ranks, scratch);
        progress.accept(StartCache.await(LONGEST_MAKING) ? "with start cache" : "without start cache");
      }
      for (int repetition = 1; repetition <= repetitions; repetition++) {
        for (Map.Entry<String, List<String>> each : commands.entrySet()) {
          Run run = Hello.run(each.getValue(), ranks, scratch);
          runs.computeIfAbsent(each.getKey(), none -> new ArrayList<>()).add(run);
          progress.accept(repetition + " of " + repetitions + ": " + each.getKey() + " " + TextTable.figure(run.ready())
              + " ms, to the end " + TextTable.figure(run.end()) + " ms");
        }
      }
    }
    List<Line> lines = new ArrayList<>();
    for (String ours : List.of(JVMS, ONE_JVM)) {
      for (String peer : peers.isEmpty() ? List.of("") : peers) {
        lines.add(line("startup_init", ours, peer));
        lines.add(line("startup_end", ours, peer));
      }
    }
    return lines;
  }

  private Line line(String bench, String ours, String peer) {
    return new Line(bench, "-", ranks, 0, "ms", sample(bench, ours), peer.isEmpty() ? null : sample(bench, peer),
        peer.isEmpty() ? null : peer, "-", "-", Sample.of(List.of()), Runtime.getRuntime().availableProcessors(),
        ours.equals(ONE_JVM), null, null);
  }

  private Sample sample(String bench, String who) {
    return Sample.of(runs.get(who).stream().map(run -> bench.equals("startup_init") ? run.ready() : run.end())
        .toList());
  }

  private List<String> inJvms() {
    List<String> command = new ArrayList<>();
    String script = System.getProperty(SCRIPT);
    if (script != null) {
      command.add(script);
    } else {
      // As the script does it.
      command.addAll(java());
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
          System.getProperty("java.class.path"), VertxMpi.class.getName()));
    }
    command.addAll(List.of("run", "-n", Integer.toString(ranks)));
    jvmOptions.forEach(option -> command.add("-J" + option));
    command.addAll(List.of("--", HelloRank.class.getName()));
    return command;
  }

  private List<String> inOneJvm() {
    List<String> command = new ArrayList<>();
    String script = System.getProperty(SCRIPT);
    if (script != null) {
      command.addAll(List.of(script, "java"));
      command.addAll(jvmOptions);
    } else {
      command.addAll(java());
      command.addAll(jvmOptions);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
    command.addAll(List.of(HelloRanks.class.getName(), Integer.toString(ranks)));
    return command;
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmCommand.SILENT_START);
    return command;
  }
}
