package dev.vertxmpi.launcher;

import dev.vertxmpi.launcher.job.RunningJob;

/**
 * Starts jobs: N processes on this host, each a rank.
 *
 * <pre>
 *   this JVM                                       N processes
 *   +---------------------------------+  starts   +--------------------------------+
 *   | roster; first member of the     |---------->| environment: job, rank, size,  |
 *   | cluster, where one is needed    |           | key file, roster, links ...    |
 *   |                                 |&lt;-lines----| RankMain -> main of the user   |
 *   | lifeline: a locked file         |  .........| ends when the lock is released |
 *   +---------------------------------+           +--------------------------------+
 * </pre>
 */
public final class JobLauncher {

  private JobLauncher() {
  }

  /**
   * Starts a job. Returns at once; what goes wrong fails {@link Job#exit()}.
   *
   * @param spec what to start; copied
   * @return the job
   */
  public static Job start(JobSpec spec) {
    return RunningJob.start(new JobSpec(spec));
  }
}
