package dev.vertxmpi.launcher;

import dev.vertxmpi.names.Port;
import java.util.List;

/**
 * Who spawned a job, and what it has from them.
 *
 * @param parent where the ranks connect before they begin; a secret
 * @param localScope of names
 * @param cluster that the parents are members of; empty where the job gets one of its own
 * @param members host:port of members of that cluster
 */
public record JobFamily(Port parent, String localScope, String cluster, List<String> members) {

  /**
   * A family.
   *
   * @param parent where to connect
   * @param localScope of names
   * @param cluster may be empty
   * @param members copied
   */
  public JobFamily {
    members = List.copyOf(members);
  }
}
