package dev.vertxmpi.launcher;

import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;

/** A job that was started: one process for each rank. All methods are thread-safe; none blocks. */
public interface Job {

  /**
   * The job's id, as its ranks have it in their process ids.
   *
   * @return never used again
   */
  UUID id();

  /**
   * How the job ends. By then all processes, the job's cluster and its files are gone and all output is handed over.
   * Handlers run on a thread of the job and must not block.
   *
   * @return 0 where every rank ended with 0; else the exit code of the first rank that failed, 128 + n where signal n
   *     killed it or ended the job; fails with {@link LauncherException} where the job could not be started
   */
  Future<Integer> exit();

  /**
   * The processes that run now.
   *
   * @return process id of the operating system, by rank
   */
  Map<Integer, Long> processes();

  /**
   * Passes a signal on to all ranks and ends the job: who is still there five seconds later is killed. Asked a second
   * time, it kills at once.
   *
   * @param signal number such as 2 (SIGINT) or 15 (SIGTERM)
   */
  void signal(int signal);

  /**
   * Ends all ranks, as {@code signal(15)} does.
   *
   * @return settles when nothing is left
   */
  Future<Void> close();
}
