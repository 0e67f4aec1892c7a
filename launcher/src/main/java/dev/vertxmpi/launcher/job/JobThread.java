package dev.vertxmpi.launcher.job;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread on which everything happens that concerns a job, one thing after another. */
final class JobThread {

  private final ScheduledThreadPoolExecutor executor;

  /** Touched by the thread alone. */
  private boolean finished;

  JobThread() {
    executor = new ScheduledThreadPoolExecutor(1, task -> {
      Thread made = new Thread(task, "vertx-mpi-job");
      made.setDaemon(true);
      return made;
    }, new ThreadPoolExecutor.DiscardPolicy());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Does something there; nothing, once the job has finished. */
  void post(Runnable task) {
    executor.execute(() -> {
      if (!finished) {
        task.run();
      }
    });
  }

  /** Posts something later. */
  void postAfter(Duration delay, Runnable task) {
    var _ = executor.schedule(() -> post(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Posts something again and again. */
  void postEvery(Duration period, Runnable task) {
    var _ = executor.scheduleWithFixedDelay(() -> post(task), period.toMillis(), period.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Nothing that was posted runs any more. On the thread. */
  void finish() {
    finished = true;
  }

  /** Does the last thing, after {@link #finish}. */
  void last(Runnable task) {
    executor.execute(task);
  }

  /** The thread ends with what it is doing. */
  void end() {
    executor.shutdown();
  }
}
