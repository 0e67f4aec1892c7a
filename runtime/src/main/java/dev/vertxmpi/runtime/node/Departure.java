package dev.vertxmpi.runtime.node;

import dev.vertxmpi.process.ProcessId;

/**
 * A process is gone, for ever.
 *
 * @param process which
 * @param cause one sentence: how it is known
 * @param inOrder whether it closed by itself, as all do where a job ends
 */
public record Departure(ProcessId process, String cause, boolean inOrder) {

  /**
   * A death.
   *
   * @param process which
   * @param cause one sentence: how it is known
   */
  public Departure(ProcessId process, String cause) {
    this(process, cause, false);
  }
}
