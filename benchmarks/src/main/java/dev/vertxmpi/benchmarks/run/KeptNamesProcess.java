package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.benchmarks.program.KeptNames;
import dev.vertxmpi.launcher.LauncherException;
import dev.vertxmpi.launcher.job.JvmCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A name server in a process of its own that can be asked for its heap. */
final class KeptNamesProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private final String address;

  private KeptNamesProcess(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.address = line();
  }

  /** Starts it; returns when it serves. */
  static KeptNamesProcess start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmCommand.SILENT_START);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), KeptNames.class.getName()));
    return new KeptNamesProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  String address() {
    return address;
  }

  /** Bytes of heap that are in use after garbage collections. */
  long heap() throws IOException {
    in.write("heap\n");
    in.flush();
    return Long.parseLong(line());
  }

  private String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      process.destroyForcibly();
      throw new LauncherException("the name server ended by itself");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
