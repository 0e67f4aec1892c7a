package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.util.List;
import java.util.Map;

/** Checks that a frame comes from the node where its source lives. */
final class Peers {

  private static final NodeAddress NOWHERE = new NodeAddress(NodeId.random(), Map.of());

  private final Members members;
  /** Looked up once: a node forgets where a process was when it is gone, but its last frames may still wait here. */
  private final List<NodeId> homes;

  Peers(Node node, Members members) {
    this.members = members;
    this.homes = members.group().members().stream()
        .map(process -> node.whereIs(process).orElse(NOWHERE).id()).toList();
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
    if (!from.equals(homes.get(source))) {
      throw new IllegalArgumentException("rank " + source + " does not live on the node " + from);
    }
  }
}
