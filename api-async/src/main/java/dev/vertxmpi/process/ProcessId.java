package dev.vertxmpi.process;

import java.util.UUID;

/**
 * Names a process for ever, across jobs.
 *
 * @param job the set of ranks started together
 * @param rank rank in the world of that job
 * @param incarnation 0 for the first process of that rank, counted up when a rank is started again; a message or a lock
 *     of an older incarnation is never taken for one of a newer
 */
public record ProcessId(UUID job, int rank, int incarnation) implements Comparable<ProcessId> {

  /**
   * Reads the form that {@link #toString()} writes.
   *
   * @param text such as {@code 8c0e...:3.0}
   * @return the id
   * @throws IllegalArgumentException where the text has another form
   */
  public static ProcessId parse(String text) {
    int colon = text.indexOf(':');
    int dot = text.lastIndexOf('.');
    if (colon < 0 || dot < colon) {
      throw new IllegalArgumentException("a process id has the form job:rank.incarnation");
    }
    return new ProcessId(UUID.fromString(text.substring(0, colon)),
        Integer.parseInt(text.substring(colon + 1, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  @Override
  public int compareTo(ProcessId other) {
    int byJob = job.compareTo(other.job);
    int byRank = byJob != 0 ? byJob : Integer.compare(rank, other.rank);
    return byRank != 0 ? byRank : Integer.compare(incarnation, other.incarnation);
  }

  @Override
  public String toString() {
    return job + ":" + rank + "." + incarnation;
  }
}
