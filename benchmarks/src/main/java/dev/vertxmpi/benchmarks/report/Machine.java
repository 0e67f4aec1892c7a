package dev.vertxmpi.benchmarks.report;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** On what a record was made. */
public final class Machine {

  private static final int ANSWER_SECONDS = 10;

  private Machine() {
  }

  /**
   * The facts, as the first line of a record.
   *
   * @param peers whose versions are asked for
   * @param note of whoever measures; may be null
   * @return {@code {"machine": {...}}}
   */
  public static JsonObject facts(List<String> peers, String note) {
    JsonObject facts = new JsonObject()
        .put("date", LocalDate.now(ZoneOffset.UTC).toString())
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("cpu", field(Path.of("/proc/cpuinfo"), "model name"))
        .put("memory", field(Path.of("/proc/meminfo"), "MemTotal"))
        .put("load", load())
        .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version())
        .put("note", note);
    peers.forEach(peer -> facts.put(peer, version(peer)));
    return new JsonObject().put("machine", facts);
  }

  private static String field(Path file, String name) {
    try {
      return Files.readAllLines(file).stream().filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String load() {
    try {
      return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String version(String peer) {
    try {
      Process process = new ProcessBuilder("mpirun." + peer, "--version").redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS);
      return text.lines().map(String::strip).filter(line -> line.matches(".*\\d+\\.\\d+.*")).findFirst()
          .map(line -> line.replaceAll(".*?(\\d+\\.\\d+\\S*).*", "$1")).orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
