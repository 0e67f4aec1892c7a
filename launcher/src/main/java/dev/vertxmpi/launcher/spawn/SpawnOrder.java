package dev.vertxmpi.launcher.spawn;

import dev.vertxmpi.launcher.JobFamily;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.spi.SpawnProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a launcher of spawned ranks reads from its standard input, as one line of JSON: there nobody else sees the port,
 * which is a secret.
 *
 * @param request what to start
 * @param report file in which to say why the ranks did not come to connect
 */
record SpawnOrder(SpawnProvider.Request request, Path report) {

  JsonObject toJson() {
    JsonArray programs = new JsonArray();
    request.programs().forEach(program -> programs.add(program.toJson()));
    return new JsonObject().put("programs", programs).put("port", request.parent().name())
        .put("localScope", request.localScope()).put("cluster", request.cluster())
        .put("members", new JsonArray(request.members())).put("timeoutMillis", request.joinTimeout().toMillis())
        .put("report", report.toString());
  }

  static SpawnOrder of(JsonObject json) {
    List<SpawnOptions> programs = json.getJsonArray("programs").stream()
        .map(program -> new SpawnOptions((JsonObject) program)).toList();
    return new SpawnOrder(new SpawnProvider.Request(programs, Port.parse(json.getString("port")),
        json.getString("localScope"), json.getString("cluster"),
        json.getJsonArray("members").stream().map(String.class::cast).toList(),
        Duration.ofMillis(json.getLong("timeoutMillis"))), Path.of(json.getString("report")));
  }

  /** The job that is asked for. */
  JobSpec spec() {
    List<JobSpec> programs = request.programs().stream().map(SpawnOrder::program).toList();
    JobSpec job = programs.getFirst();
    programs.subList(1, programs.size()).forEach(job::addProgram);
    return job.setFamily(new JobFamily(request.parent(), request.localScope(), request.cluster(), request.members()))
        .setJoinTimeout(request.joinTimeout());
  }

  private static JobSpec program(SpawnOptions options) {
    JobSpec spec = options.getMainClass()
        .map(main -> new JobSpec(main).setClassPath(options.getPath().orElse("")))
        .orElseGet(() -> JobSpec.ofCommand(found(options)));
    return spec.setRanks(options.count().orElseThrow()).setArguments(options.getArguments())
        .setJvmOptions(options.getJvmOptions()).setDirectory(options.getDirectory().map(Path::of).orElse(null));
  }

  /** The command, with its executable as it was found in the folders of {@code path}. */
  private static List<String> found(SpawnOptions options) {
    List<String> command = new ArrayList<>(options.getCommand());
    String name = command.getFirst();
    if (!name.contains(File.separator)) {
      Stream.of(options.getPath().orElse("").split(File.pathSeparator)).filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst()
          .ifPresent(file -> command.set(0, file.toAbsolutePath().toString()));
    }
    return command;
  }
}
