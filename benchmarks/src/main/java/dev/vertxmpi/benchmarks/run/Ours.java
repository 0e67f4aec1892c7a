package dev.vertxmpi.benchmarks.run;

import static io.vertx.core.Future.await;

import dev.vertxmpi.benchmarks.Benchmark;
import dev.vertxmpi.benchmarks.Benchmark.Timing;
import dev.vertxmpi.benchmarks.rank.BenchRank;
import dev.vertxmpi.benchmarks.rank.Command;
import dev.vertxmpi.benchmarks.rank.Settings;
import dev.vertxmpi.hazelcast.NameServer;
import dev.vertxmpi.hazelcast.NameServerOptions;
import dev.vertxmpi.launcher.Job;
import dev.vertxmpi.launcher.JobEvent;
import dev.vertxmpi.launcher.JobLauncher;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.LauncherException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Our ranks: started once for all sizes and repetitions, so that their compilers have done their work; idle between.
 */
final class Ours implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration SLACK = Duration.ofSeconds(60);
  private static final int END_SECONDS = 20;

  private final Plan plan;
  private final Control control;
  private final Job job;
  private final int jvms;
  /** Null where there is no need of one. */
  private final NameServer names;

  private Ours(Plan plan, Control control, Job job, int jvms, NameServer names) {
    this.plan = plan;
    this.control = control;
    this.job = job;
    this.jvms = jvms;
    this.names = names;
  }

  /** Starts them; returns when they have met. */
  static Ours start(Plan plan, Path scratch) throws IOException, InterruptedException {
    int jvms = plan.inJvm() ? 1 : plan.ranks();
    Path socket = scratch.resolve("control");
    Control control = Control.open(socket);
    Settings settings = new Settings(socket.toString(), plan.inJvm() ? plan.ranks() : 0, plan.style(), plan.buffers());
    NameServer names = plan.benchmark() == Benchmark.NAMES_GLOBAL ? nameServer() : null;
    Job job = JobLauncher.start(new JobSpec(BenchRank.class.getName())
        .setRanks(jvms)
        .setArguments(List.of(settings.encode()))
        .setLinks(plan.links())
        .setNameServers(names == null ? List.of() : List.of(names.address()))
        .setEnvironment(environment(plan))
        .setJvmOptions(plan.jvmOptions())
        .setOutputHandler((rank, source, line) -> System.err.println("[" + rank + "] " + line))
        .setEventHandler(event -> {
          if (event.kind() == JobEvent.Kind.FAILED) {
            control.fail(event.text());
          }
        }));
    job.exit().onFailure(failure -> control.fail(failure.getMessage()));
    Ours ours = new Ours(plan, control, job, jvms, names);
    try {
      control.take(jvms, START);
      return ours;
    } catch (RuntimeException | InterruptedException e) {
      ours.close();
      throw e;
    }
  }

  private static NameServer nameServer() {
    return await(NameServer.start(new NameServerOptions().setPort(0)));
  }

  /** Verticles run on a {@code Vertx} of the benchmark's own, which polls where it is asked to. */
  private static Map<String, String> environment(Plan plan) {
    Map<String, String> all = new LinkedHashMap<>(plan.environment());
    if (plan.inJvm()) {
      all.putIfAbsent("VERTX_MPI_POLLING", "true");
    }
    return all;
  }

  /** One repetition. */
  Outcome measure(long size, Duration warmUp) throws IOException, InterruptedException {
    control.tell(new JsonObject().put("placement", true), false);
    double placement = control.take(1, SLACK).getFirst().getDouble("placement", Double.NaN);
    Command command = new Command(plan.benchmark(), size, plan.window(), warmUp.toNanos(), plan.measure().toNanos());
    control.tell(command.toJson(), true);
    long iterations = 0;
    double nanos = 0;
    TreeSet<String> links = new TreeSet<>();
    for (JsonObject answer : control.take(jvms, warmUp.plus(plan.measure()).multipliedBy(3).plus(SLACK))) {
      answer.getJsonArray("links").forEach(link -> links.add(link.toString()));
      for (Object each : answer.getJsonArray("ranks")) {
        JsonObject rank = (JsonObject) each;
        iterations = rank.getLong("iterations");
        nanos = rank.getBoolean("timed") ? Math.max(nanos, rank.getLong("nanos")) : nanos;
      }
    }
    return new Outcome(new Timing(iterations, nanos), List.copyOf(links), placement);
  }

  /** Ends them. */
  @Override
  public void close() throws IOException {
    control.close();
    try {
      job.exit().toCompletionStage().toCompletableFuture().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      job.signal(9);
      throw new LauncherException("the ranks did not end within " + END_SECONDS + " s", 1, e);
    } catch (ExecutionException e) {
      // Told by whoever waited for the ranks.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (names != null) {
        await(names.close());
      }
    }
  }
}
