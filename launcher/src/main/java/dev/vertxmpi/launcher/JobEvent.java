package dev.vertxmpi.launcher;

import java.util.List;

/**
 * Something that a job's user may want to know.
 *
 * @param kind what sort
 * @param ranks whom it concerns, in order
 * @param text a sentence without a full stop, such as {@code rank 2 died: killed by signal 9 (SIGKILL)}
 */
public record JobEvent(Kind kind, List<Integer> ranks, String text) {

  /** Sorts of events. */
  public enum Kind {
    /** A rank's process runs. */
    STARTED,
    /** No rank has joined for about two seconds, and these have not. */
    WAITING,
    /** All ranks have joined. */
    JOINED,
    /** A rank's process ended as it should. */
    ENDED,
    /** The job cannot go on because of these ranks. */
    FAILED,
    /** Another rank ended after the job had failed or was told to end. */
    FOLLOWED,
    /** The rest of the job is being ended. */
    ENDING
  }

  /**
   * An event.
   *
   * @param kind what sort
   * @param ranks copied
   * @param text a sentence
   */
  public JobEvent {
    ranks = List.copyOf(ranks);
  }
}
