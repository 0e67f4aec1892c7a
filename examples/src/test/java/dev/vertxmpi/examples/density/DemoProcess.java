package dev.vertxmpi.examples.density;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@code vertx-mpi demo} in a process of its own, with a folder for its temporary files that tests can look into. */
final class DemoProcess implements AutoCloseable {

  private final Process process;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final Thread outReader;
  private final Thread errReader;

  private DemoProcess(Process process) {
    this.process = process;
    this.outReader = Thread.ofVirtual().start(() -> collect(process.inputReader(), out));
    this.errReader = Thread.ofVirtual().start(() -> collect(process.errorReader(), err));
  }

  static DemoProcess start(Path scratch, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Djava.io.tmpdir=" + Files.createDirectories(scratch), "-cp", System.getProperty("java.class.path"),
        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
        "dev.vertxmpi.launcher.VertxMpi", "demo"));
    command.addAll(List.of(arguments));
    return new DemoProcess(new ProcessBuilder(command).directory(scratch.getParent().toFile()).start());
  }

  private static void collect(BufferedReader reader, List<String> lines) {
    try (reader) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line on standard output. */
  void awaitLine(Predicate<String> wanted) throws InterruptedException {
    synchronized (out) {
      while (out.stream().noneMatch(wanted)) {
        out.wait();
      }
    }
  }

  /** The processes of the ranks of the first job: it alone has several. */
  List<ProcessHandle> servers() {
    return process.descendants().filter(child -> !environment(child).contains("VERTX_MPI_SIZE=1")).toList();
  }

  private static List<String> environment(ProcessHandle child) {
    try {
      return List.of(Files.readString(Path.of("/proc", Long.toString(child.pid()), "environ")).split("\0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  int exitCode() throws InterruptedException {
    int code = process.waitFor();
    outReader.join();
    errReader.join();
    return code;
  }

  List<String> out() {
    synchronized (out) {
      return List.copyOf(out);
    }
  }

  List<String> err() {
    synchronized (err) {
      return List.copyOf(err);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).thenAccept(Process::destroyForcibly).join();
  }
}
