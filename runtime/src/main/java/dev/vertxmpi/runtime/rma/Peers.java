package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.util.HashMap;
import java.util.Map;

/** Checks that a frame comes from the node where its source lives. Confined to one domain. */
final class Peers {

  private final Node node;
  private final Members members;
  private final Map<Integer, NodeId> homes = new HashMap<>();

  Peers(Node node, Members members) {
    this.node = node;
    this.members = members;
  }

  /**
   * Looks up where a member lives, for good: a node forgets where a process was when it is gone, but its last frames
   * may still wait here.
   *
   * @param rank of the member
   */
  void remember(int rank) {
    home(rank);
  }

  /** Null where the member was gone before anybody asked. */
  private NodeId home(int rank) {
    return homes.computeIfAbsent(rank, unknown ->
        node.whereIs(members.process(rank)).map(NodeAddress::id).orElse(null));
  }

  /**
   * Checks source and target.
   *
   * @param from the authenticated sender
   * @param envelope what it sent
   * @throws IllegalArgumentException where the source is no member or lives elsewhere, or the target is not this rank
   */
  void check(NodeId from, Envelope envelope) {
    int source = envelope.source();
    if (source < 0 || source >= members.size() || envelope.target() != members.rank()) {
      throw new IllegalArgumentException("a frame from rank " + source + " to rank " + envelope.target()
          + " is not for rank " + members.rank() + " of a window of " + members.size());
    }
    if (!from.equals(home(source))) {
      throw new IllegalArgumentException("rank " + source + " does not live on the node " + from);
    }
  }
}
