package dev.vertxmpi.runtime.faults;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@link Victim}, seen from outside. */
final class VictimProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final List<Thread> readers;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private VictimProcess(Process process) {
    this.process = process;
    this.readers = List.of(read(process.inputReader(StandardCharsets.UTF_8), lines::add),
        read(process.errorReader(StandardCharsets.UTF_8), line -> System.out.println("[victim] " + line)));
  }

  private static Thread read(BufferedReader from, Consumer<String> to) {
    return Thread.ofVirtual().start(() -> from.lines().forEach(to));
  }

  /** Starts one; {@code prefix} goes before the command. */
  static VictimProcess start(List<String> prefix, List<String> args) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "--add-modules=java.se",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
        "-cp", System.getProperty("java.class.path"), Victim.class.getName()));
    command.addAll(args);
    return new VictimProcess(new ProcessBuilder(command).start());
  }

  /** Gives it its order. */
  void order(JsonObject order) throws IOException {
    process.getOutputStream().write((order.encode() + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** What it says behind a word, when it says it. */
  String said(String word) throws InterruptedException {
    return said(word, Duration.ofSeconds(PATIENCE_SECONDS))
        .orElseThrow(() -> new AssertionError("the victim does not say " + word));
  }

  Optional<String> said(String word, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        return Optional.empty();
      }
      if (line.startsWith(word)) {
        return Optional.of(line.substring(word.length()).strip());
      }
    }
  }

  /** Sends a signal, such as {@code STOP}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    // That of the process would also close its streams under their readers.
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() {
    kill();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (Thread reader : readers) {
        reader.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
