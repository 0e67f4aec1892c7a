package dev.vertxmpi.examples.density;

import dev.vertxmpi.hazelcast.NameServer;
import dev.vertxmpi.hazelcast.NameServerOptions;
import dev.vertxmpi.launcher.Job;
import dev.vertxmpi.launcher.JobEvent;
import dev.vertxmpi.launcher.JobLauncher;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.OutputHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The name server and the two jobs of the demo, and what they leave behind: nothing. */
final class DemoJobs implements AutoCloseable {

  /** How long the second job waits for the first to publish, in seconds. */
  private static final String PATIENCE = "600";

  private final Path scratch;
  private final Thread atExit = new Thread(this::cleanUp, "demo-cleanup");
  private final List<Job> jobs = new ArrayList<>();
  private NameServer names;

  DemoJobs(Path scratch) {
    this.scratch = scratch;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Runs both jobs to their end; returns the exit code. */
  int run(int ranks, DensityOptions options, Path picture) {
    names = NameServer.start(new NameServerOptions().setPort(0)).await();
    Job server = start("job 1", DensityServer.class, List.of(options.toJson().encode()), ranks, true);
    Job client = start("job 2", DensityClient.class,
        List.of(picture.toString(), "service", DensityServer.SERVICE, PATIENCE), 1, false);
    Promise<Integer> failure = Promise.promise();
    for (Job job : List.of(server, client)) {
      job.exit().onSuccess(code -> {
        if (code != 0) {
          failure.tryComplete(code == DensityServer.EXPLAINED ? 1 : code);
        }
      }).onFailure(failure::tryFail);
    }
    Future.all(server.exit(), client.exit()).onSuccess(both -> failure.tryComplete(0));
    return failure.future().await();
  }

  private Job start(String title, Class<?> main, List<String> arguments, int ranks, boolean prefixed) {
    JobSpec spec = new JobSpec(main.getName())
        .setRanks(ranks)
        .setArguments(arguments)
        .setNameServers(List.of(names.address()))
        .setJvmOptions(List.of("-Djava.awt.headless=true"))
        .setOutputHandler((rank, source, line) -> print(prefixed ? title + " [" + rank + "] " : "", source, line))
        .setEventHandler(event -> tell(title, event));
    Job job = JobLauncher.start(spec);
    synchronized (jobs) {
      jobs.add(job);
    }
    return job;
  }

  private static void print(String prefix, OutputHandler.Source source, String line) {
    if (source == OutputHandler.Source.OUT) {
      System.out.println(prefix + line);
    } else {
      System.err.println(line);
    }
  }

  private static void tell(String title, JobEvent event) {
    boolean explained = event.text().endsWith("code " + DensityServer.EXPLAINED);
    switch (event.kind()) {
      case WAITING, JOINED -> System.out.println(title + ": " + event.text());
      case FAILED -> {
        if (!explained) {
          System.err.println("vertx-mpi: " + title + ": " + event.text());
        }
      }
      default -> { }
    }
  }

  @Override
  public void close() {
    cleanUp();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is going down, and the hook does the same again without harm.
    }
  }

  private void cleanUp() {
    List<Job> started;
    synchronized (jobs) {
      started = List.copyOf(jobs);
    }
    Future.join(started.stream().map(Job::close).toList()).otherwiseEmpty().await();
    if (names != null) {
      names.close().otherwiseEmpty().await();
    }
    try (Stream<Path> files = Files.exists(scratch) ? Files.walk(scratch) : Stream.empty()) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
