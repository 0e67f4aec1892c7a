package dev.vertxmpi.benchmarks.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the time of a measurement, for its owner only: gone afterwards, also after an interrupt. */
final class Scratch implements AutoCloseable {

  private final Path folder;
  private final Thread atExit = new Thread(this::clean, "bench-cleanup");
  private final List<Runnable> before = new ArrayList<>();

  Scratch() throws IOException {
    folder = Files.createTempDirectory("vmpi-bench");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  Path folder() {
    return folder;
  }

  /** Something to do before the folder goes: ending what uses it. */
  synchronized void first(Runnable action) {
    before.add(action);
  }

  private synchronized void clean() {
    before.forEach(Runnable::run);
    before.clear();
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    clean();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is going down, and the hook finds nothing left to do.
      return;
    }
  }
}
