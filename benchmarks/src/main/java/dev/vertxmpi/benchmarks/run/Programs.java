package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.Sample;
import dev.vertxmpi.launcher.Job;
import dev.vertxmpi.launcher.JobLauncher;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.LauncherException;
import dev.vertxmpi.launcher.OutputHandler.Source;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs programs that measure themselves and print their figures. */
public final class Programs {

  private Programs() {
  }

  /**
   * Runs one to its end.
   *
   * @param program class with a main
   * @param ranks JVMs
   * @param arguments of the program
   * @param jvmOptions of the JVMs
   * @param limit for all of it
   * @return the figures that it told, as {@code Figures} writes them
   * @throws InterruptedException where this thread is asked to end
   */
  public static List<JsonObject> run(Class<?> program, int ranks, List<String> arguments, List<String> jvmOptions,
      Duration limit) throws InterruptedException {
    List<JsonObject> figures = Collections.synchronizedList(new ArrayList<>());
    Job job = start(new JobSpec(program.getName()).setRanks(ranks).setArguments(arguments).setJvmOptions(jvmOptions),
        figures::add);
    try {
      int code = job.exit().toCompletionStage().toCompletableFuture().get(limit.toSeconds(), TimeUnit.SECONDS);
      if (code != 0) {
        throw new LauncherException(program.getSimpleName() + " ended with code " + code);
      }
    } catch (TimeoutException | ExecutionException e) {
      throw new LauncherException(program.getSimpleName() + " did not end in order within " + limit.toSeconds() + " s",
          1, e);
    } finally {
      job.signal(9);
    }
    return List.copyOf(figures);
  }

  /** Starts a job whose figures go to a sink; what else it prints goes to standard error. */
  static Job start(JobSpec spec, Consumer<JsonObject> sink) {
    return JobLauncher.start(spec.setOutputHandler((rank, source, line) -> {
      if (source == Source.OUT && line.startsWith("{")) {
        sink.accept(new JsonObject(line));
      } else {
        System.err.println("[" + rank + "] " + line);
      }
    }));
  }

  /**
   * A figure as a line of results.
   *
   * @param figure as told
   * @param link that carried messages; "-" where none did
   * @param ranks of the job
   * @param inJvm whether they were verticles of one JVM
   * @param other what the other value of the figure stands for
   * @return the line
   */
  public static Line line(JsonObject figure, String link, int ranks, boolean inJvm, String other) {
    Sample peer = figure.getValue("other") == null ? null : Sample.of(List.of(figure.getDouble("other")));
    return new Line(figure.getString("figure"), link, ranks, 0, figure.getString("unit"),
        Sample.of(List.of(figure.getDouble("value"))), peer, peer == null ? null : other, "-", "callback",
        Sample.of(List.of()), Runtime.getRuntime().availableProcessors(), inJvm, null, null);
  }
}
