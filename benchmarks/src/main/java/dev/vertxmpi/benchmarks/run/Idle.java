package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.benchmarks.program.IdleMember;
import dev.vertxmpi.benchmarks.program.IdleRank;
import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.Sample;
import dev.vertxmpi.launcher.Job;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.LauncherException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What idle JVMs use of a core: ranks of a job, and members of the same cluster without MPI. */
public final class Idle {

  private static final Duration START = Duration.ofSeconds(120);
  private static final int END_SECONDS = 20;

  private final int jvms;
  private final Duration settle;
  private final Duration measure;

  /**
   * A measurement.
   *
   * @param jvms how many
   * @param settle how long they are left alone before
   * @param measure for how long their CPU time is counted
   */
  public Idle(int jvms, Duration settle, Duration measure) {
    this.jvms = jvms;
    this.settle = settle;
    this.measure = measure;
  }

  /**
   * Measures both, one after the other.
   *
   * @return percent of a core that all JVMs together use
   * @throws InterruptedException where this thread is asked to end
   */
  public Line run() throws InterruptedException {
    double without = percent(IdleMember.class);
    double with = percent(IdleRank.class);
    return new Line("idle", "-", jvms, 0, "% of a core", Sample.of(List.of(with)), Sample.of(List.of(without)),
        "vertx", "-", "callback", Sample.of(List.of()), Runtime.getRuntime().availableProcessors(), false, null,
        null);
  }

  private double percent(Class<?> program) throws InterruptedException {
    CountDownLatch ready = new CountDownLatch(jvms);
    Job job = Programs.start(new JobSpec(program.getName()).setRanks(jvms).setClustered(true)
        .setJoinTimeout(START.plus(settle).plus(measure)), figure -> ready.countDown());
    try {
      if (!ready.await(START.toSeconds(), TimeUnit.SECONDS)) {
        throw new LauncherException(ready.getCount() + " of " + jvms + " JVMs were not ready within "
            + START.toSeconds() + " s");
      }
      Thread.sleep(settle);
      long start = System.nanoTime();
      long before = cpuNanos(job);
      Thread.sleep(measure);
      return 100.0 * (cpuNanos(job) - before) / (System.nanoTime() - start);
    } finally {
      end(job);
    }
  }

  private static long cpuNanos(Job job) {
    return job.processes().values().stream().mapToLong(pid -> ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration()).map(Duration::toNanos)
        .orElseThrow(() -> new LauncherException("the process " + pid + " has ended"))).sum();
  }

  private static void end(Job job) throws InterruptedException {
    job.signal(15);
    try {
      job.exit().toCompletionStage().toCompletableFuture().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      job.signal(9);
    }
  }
}
