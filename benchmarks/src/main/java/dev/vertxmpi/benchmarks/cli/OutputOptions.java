package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.TextTable;
import dev.vertxmpi.launcher.LauncherException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import picocli.CommandLine.Option;

/** Where results go. */
final class OutputOptions implements AutoCloseable {

  @Option(names = "--json", description = "Print a line of JSON for each result, and nothing else, instead of a table.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "Add the lines of JSON to a file too.")
  private Path out;

  @Option(names = "--quiet", description = "Do not tell on standard error what goes on.")
  private boolean quiet;

  private Writer file;

  /** Opens the file before anything is measured. */
  void open() {
    if (out != null) {
      try {
        file = Files.newBufferedWriter(out, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new LauncherException("--out must be a file that can be written, but is " + out, 1, e);
      }
    }
  }

  /** Tells what goes on. */
  void progress(String text) {
    if (!quiet) {
      System.err.println("bench: " + text);
    }
  }

  /** Hands out a result. */
  void line(JsonObject line) {
    if (json) {
      System.out.println(line.encode());
    }
    if (file != null) {
      try {
        file.write(line.encode() + "\n");
        file.flush();
      } catch (IOException e) {
        throw new LauncherException("cannot write to " + out + ": " + e.getMessage(), 1, e);
      }
    }
  }

  /** Shows all results at the end. */
  void table(List<Line> lines) {
    if (!json) {
      System.out.print(TextTable.of(lines));
    }
  }

  /** Whether people read the output. */
  boolean isForPeople() {
    return !json;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
