package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobSpec;

/**
 * A program of a job.
 *
 * @param number its place among the programs of the job: {@code MPI_APPNUM}
 * @param spec what it runs
 */
record Program(int number, JobSpec spec) {

  /** The program that a rank runs. */
  static Program of(JobSpec job, int rank) {
    int first = 0;
    int number = 0;
    for (JobSpec program : job.programs()) {
      first += program.getRanks();
      if (rank < first) {
        return new Program(number, program);
      }
      number++;
    }
    throw new IllegalArgumentException("rank " + rank + " of " + first);
  }
}
