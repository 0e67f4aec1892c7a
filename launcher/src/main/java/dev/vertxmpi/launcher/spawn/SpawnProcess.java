package dev.vertxmpi.launcher.spawn;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.launcher.cache.StartCache;
import dev.vertxmpi.launcher.job.JvmCommand;
import dev.vertxmpi.spi.SpawnProvider;
import dev.vertxmpi.spi.SpawnedJob;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A launcher of spawned ranks, seen from the process that spawns them. */
final class SpawnProcess implements SpawnedJob {

  /** How long the launcher may take to end its ranks. Then all of them are killed from here. */
  private static final long END_SECONDS = 10;

  private final Process process;
  private final Path report;
  private final Promise<Void> lost = Promise.promise();
  private final AtomicBoolean told = new AtomicBoolean();

  private SpawnProcess(Process process, Path report) {
    this.process = process;
    this.report = report;
  }

  static SpawnProcess start(SpawnProvider.Request request) throws IOException {
    // Only its owner may read such a file.
    Path report = Files.createTempFile("vertx-mpi-spawn-", ".json");
    try {
      ProcessBuilder builder = new ProcessBuilder(command());
      builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
      SpawnProcess started = new SpawnProcess(builder.start(), report);
      started.say(new SpawnOrder(request, report).toJson().encode());
      var _ = started.process.onExit().thenAccept(ended -> started.ended());
      return started;
    } catch (IOException e) {
      Files.deleteIfExists(report);
      throw e;
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmCommand.SILENT_START);
    command.addAll(StartCache.options());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"), "-cp", System.getProperty("java.class.path"),
        SpawnMain.class.getName()));
    return command;
  }

  private void say(String line) throws IOException {
    OutputStream out = process.getOutputStream();
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Says the last word, once. */
  private void sayLast(String word) {
    if (told.compareAndSet(false, true)) {
      try (OutputStream out = process.getOutputStream()) {
        out.write((word + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It has ended already, and that is told elsewhere.
        System.getLogger("dev.vertxmpi.launcher").log(System.Logger.Level.DEBUG, "a launcher does not listen", e);
      }
    }
  }

  private void ended() {
    lost.tryFail(read());
    removeReport();
  }

  private MpiException read() {
    try {
      JsonObject json = new JsonObject(Files.readString(report));
      return new MpiException(ErrorClass.SPAWN, "the children did not come to connect: " + json.getString("why"))
          .ranks(json.getJsonArray("ranks", new JsonArray()).stream().map(Integer.class::cast).toList());
    } catch (IOException | DecodeException e) {
      return new MpiException(ErrorClass.SPAWN, "the launcher of the children ended with code " + process.exitValue());
    }
  }

  private void removeReport() {
    try {
      Files.deleteIfExists(report);
    } catch (IOException e) {
      System.getLogger("dev.vertxmpi.launcher").log(System.Logger.Level.WARNING, "cannot remove " + report, e);
    }
  }

  @Override
  public Future<Void> lost() {
    return lost.future();
  }

  @Override
  public void adopted() {
    sayLast(SpawnMain.ADOPTED);
    removeReport();
  }

  @Override
  public Future<Void> end() {
    sayLast(SpawnMain.END);
    Promise<Void> gone = Promise.promise();
    var _ = process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> {
      if (late != null) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      removeReport();
      gone.complete();
    });
    return gone.future();
  }
}
