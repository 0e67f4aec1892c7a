package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.benchmarks.run.StartUp.Run;
import dev.vertxmpi.launcher.LauncherException;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One start of a command whose ranks print a word when they have begun. */
final class Hello {

  private static final String READY = "ready";
  private static final long LIMIT_SECONDS = 120;

  private Hello() {
  }

  /** Runs it to its end. */
  static Run run(List<String> command, int ranks, Scratch scratch) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile())
        .redirectError(Redirect.INHERIT).start();
    scratch.first(() -> end(process));
    // Whoever hangs is ended, and with it the reading.
    Thread limit = Thread.ofVirtual().name("bench-limit").start(() -> endLate(process));
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      long ready = 0;
      int seen = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        // Two of them may share a line: starters pass on what they have read.
        for (int at = line.indexOf(READY); at >= 0; at = line.indexOf(READY, at + 1)) {
          if (++seen == ranks) {
            ready = System.nanoTime();
          }
        }
      }
      int code = process.waitFor();
      long end = System.nanoTime();
      if (code != 0 || seen != ranks) {
        throw new LauncherException(command.getFirst() + " ended with code " + code + " after " + seen + " of " + ranks
            + " ranks had begun");
      }
      return new Run((ready - start) / 1e6, (end - start) / 1e6);
    } finally {
      limit.interrupt();
      end(process);
    }
  }

  private static void endLate(Process process) {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        end(process);
      }
    } catch (InterruptedException e) {
      // It has ended in time.
      return;
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
