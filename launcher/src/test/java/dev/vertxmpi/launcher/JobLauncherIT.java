package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.JobEvent.Kind;
import dev.vertxmpi.launcher.programs.Echo;
import dev.vertxmpi.launcher.programs.Exits;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Jobs that a program starts by itself. */
class JobLauncherIT {

  private final Set<String> lines = new ConcurrentSkipListSet<>();
  private final List<JobEvent> events = new CopyOnWriteArrayList<>();

  private JobSpec spec(Class<?> main, String... arguments) {
    return new JobSpec(main.getName()).setArguments(List.of(arguments)).setEventHandler(events::add)
        .setOutputHandler((rank, source, line) -> lines.add(rank + " " + source + " " + line));
  }

  private static <T> T settled(Future<T> future) {
    await().until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  private static void assertNothingIsLeft(Job job) {
    assertTrue(job.processes().isEmpty());
    assertTrue(Files.notExists(Path.of(System.getProperty("java.io.tmpdir"), "vertx-mpi-" + job.id())));
  }

  @Test
  void shouldHandOverLinesAndEvents() {
    Job job = JobLauncher.start(spec(Echo.class, "x").setRanks(2));
    assertEquals(0, settled(job.exit()));
    assertEquals(Set.of("0 ERR grüße", "0 OUT rank 0 of 2 got [x] ", "1 ERR grüße", "1 OUT rank 1 of 2 got [x] "),
        lines);
    assertEquals(List.of(Kind.STARTED, Kind.STARTED, Kind.ENDED, Kind.ENDED),
        events.stream().map(JobEvent::kind).toList());
    assertNothingIsLeft(job);
  }

  @Test
  void shouldRunTwoJobsApart() {
    Job one = JobLauncher.start(spec(Exits.class, "0", "4"));
    Job other = JobLauncher.start(spec(Exits.class, "0", "5"));
    assertEquals(4, settled(one.exit()));
    assertEquals(5, settled(other.exit()));
  }

  @Test
  void shouldEndAllWhenClosed() {
    Job job = JobLauncher.start(spec(Exits.class, "-1", "0").setRanks(2));
    await().until(() -> lines.size() == 2);
    settled(job.close());
    assertEquals(143, settled(job.exit()));
    assertNothingIsLeft(job);
  }

  @Test
  void shouldEndWhenClosedBeforeItHasStarted() {
    Job job = JobLauncher.start(spec(Exits.class, "-1", "0").setRanks(2));
    settled(job.close());
    settled(job.close());
    assertNothingIsLeft(job);
    // Of the program nothing; a JVM that is ended in its first moment may complain.
    assertEquals(List.of(), lines.stream().filter(line -> line.endsWith("waiting")).toList());
  }

  @Test
  void shouldGoOnWhereAHandlerThrows() {
    Job job = JobLauncher.start(spec(Exits.class, "0", "6").setEventHandler(event -> {
      throw new IllegalStateException("on purpose");
    }));
    assertEquals(6, settled(job.exit()));
  }

  @Test
  void shouldFailWhereTheProcessesCannotBeStarted() {
    Job job = JobLauncher.start(spec(Exits.class, "-1", "0").setArguments(List.of("x".repeat(1 << 20))));
    await().until(job.exit()::isComplete);
    assertInstanceOf(LauncherException.class, job.exit().cause());
    assertTrue(job.exit().cause().getMessage().startsWith("rank 0 cannot be started: "));
    assertNothingIsLeft(job);
  }
}
