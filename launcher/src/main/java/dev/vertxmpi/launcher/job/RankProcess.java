package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.OutputHandler.Source;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The process of a rank, and the threads that read what it prints. */
final class RankProcess {

  private static final boolean WINDOWS = File.separatorChar == '\\';

  private final int rank;
  private final Process process;
  private final List<Thread> readers;

  private RankProcess(int rank, Process process, List<Thread> readers) {
    this.rank = rank;
    this.process = process;
    this.readers = readers;
  }

  /** Starts it. */
  static RankProcess start(JobSpec spec, int rank, Consumer<Map<String, String>> environment) throws IOException {
    JobSpec program = Program.of(spec, rank).spec();
    ProcessBuilder builder = new ProcessBuilder(JvmCommand.of(program, rank));
    program.getDirectory().ifPresent(folder -> builder.directory(folder.toFile()));
    environment.accept(builder.environment());
    builder.redirectInput(rank == 0 && spec.isStandardInput()
        ? Redirect.INHERIT
        : Redirect.from(new File(WINDOWS ? "NUL" : "/dev/null")));
    Process process = builder.start();
    return new RankProcess(rank, process, List.of(
        reader(spec, rank, Source.OUT, process.getInputStream()),
        reader(spec, rank, Source.ERR, process.getErrorStream())));
  }

  private static Thread reader(JobSpec spec, int rank, Source source, InputStream in) {
    String name = "vertx-mpi-" + source.name().toLowerCase(Locale.ROOT) + "-" + rank;
    return Thread.ofPlatform().daemon().name(name).start(() -> {
      try (in) {
        new LinePump(line -> spec.getOutputHandler().line(rank, source, line)).drain(in);
      } catch (IOException e) {
        System.getLogger("dev.vertxmpi.launcher")
            .log(System.Logger.Level.DEBUG, "the output of rank " + rank + " ended early", e);
      }
    });
  }

  int rank() {
    return rank;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit code, 128 + n where signal n killed it. */
  CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Sends a signal. */
  void signal(int number) {
    if (process.isAlive() && !Signals.send(process.pid(), number)) {
      process.destroy();
    }
  }

  /** Kills it, and what it has started. */
  void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /** Waits until the last line is handed over, but not long for those who inherited the pipes. */
  void awaitOutput(long limitNanos) throws InterruptedException {
    for (Thread reader : readers) {
      reader.join(Duration.ofNanos(Math.max(1, limitNanos - System.nanoTime())));
    }
  }
}
