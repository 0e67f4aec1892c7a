package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.process.Group;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.spi.link.NodeAddress;
import java.util.List;

/**
 * Who is in a job, and where. Immutable; ranks of one JVM share it.
 *
 * @param group all ranks
 * @param addresses of their nodes, by rank
 */
public record Places(Group group, List<NodeAddress> addresses) {

  /**
   * The places of a job.
   *
   * @param group all ranks
   * @param addresses copied, one for each rank
   */
  public Places {
    addresses = List.copyOf(addresses);
    if (addresses.size() != group.size()) {
      throw new IllegalArgumentException(addresses.size() + " addresses for " + group.size() + " ranks");
    }
  }

  /**
   * Makes all ranks known to a node.
   *
   * @param node that shall be able to reach them
   */
  public void introduceTo(Node node) {
    for (int rank = 0; rank < group.size(); rank++) {
      node.introduce(group.get(rank), addresses.get(rank));
    }
  }
}
