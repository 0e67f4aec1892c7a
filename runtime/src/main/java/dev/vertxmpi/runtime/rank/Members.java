package dev.vertxmpi.runtime.rank;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;

/**
 * A context, who is in it, and which of them this is.
 *
 * @param context of a communicator or window
 * @param group shared by all ranks of the JVM
 * @param rank of this process in the group
 */
public record Members(ContextId context, Group group, int rank) {

  /**
   * The process of a rank.
   *
   * @param of 0 to size - 1
   * @return the member
   */
  public ProcessId process(int of) {
    return group.get(of);
  }

  /**
   * The number of members.
   *
   * @return at least 1
   */
  public int size() {
    return group.size();
  }
}
