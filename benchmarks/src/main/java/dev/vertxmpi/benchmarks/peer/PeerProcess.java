package dev.vertxmpi.benchmarks.peer;

import dev.vertxmpi.launcher.LauncherException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs commands one after another, each with a time limit, and leaves nothing behind. */
final class PeerProcess implements AutoCloseable {

  private static final long GRACE_SECONDS = 3;
  private static final int LONGEST_MESSAGE = 2000;

  private Process process;
  private boolean closed;

  /** Runs a command; returns what it prints. */
  String run(List<String> command, Map<String, String> environment, Duration limit)
      throws IOException, InterruptedException {
    Process started = start(command, environment);
    try {
      CompletableFuture<String> out = read(started.getInputStream());
      CompletableFuture<String> err = read(started.getErrorStream());
      String name = Path.of(command.getFirst()).getFileName().toString();
      if (!started.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LauncherException(name + " did not end within " + limit.toSeconds() + " s");
      }
      if (started.exitValue() != 0) {
        String text = (err.join() + out.join()).strip();
        throw new LauncherException(name + " ended with code " + started.exitValue() + ": "
            + text.substring(0, Math.min(LONGEST_MESSAGE, text.length())));
      }
      return out.join();
    } finally {
      end(started);
    }
  }

  private synchronized Process start(List<String> command, Map<String, String> environment) throws IOException {
    if (closed) {
      throw new LauncherException("interrupted");
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(environment);
    process = builder.start();
    return process;
  }

  private static CompletableFuture<String> read(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("bench-peer").start(() -> {
      try (stream) {
        text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        text.completeExceptionally(new UncheckedIOException(e));
      }
    });
    return text;
  }

  /** Asks first: the starters end their processes and remove their files when they are asked. */
  static void end(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    if (process.isAlive()) {
      process.destroy();
      try {
        process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.destroyForcibly();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      end(process);
    }
  }
}
