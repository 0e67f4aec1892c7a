package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.runtime.node.Outlet;
import dev.vertxmpi.spi.link.NodeId;
import java.util.HashMap;
import java.util.Map;

/** The accounts with the peers of a route, and the ways to them. Belongs to the domain. */
final class Peers {

  private final Route route;
  private final Map<Integer, Peer> peers = new HashMap<>();
  /** Whom the last message went to or came from: often the next one too. */
  private Peer recent;

  Peers(Route route) {
    this.route = route;
  }

  /** The account with a peer, made on first use. */
  Peer of(int rank) {
    Peer peer = recent;
    if (peer == null || peer.rank != rank) {
      peer = peers.computeIfAbsent(rank, Peer::new);
      recent = peer;
    }
    return peer;
  }

  /** The account with a peer; null where there is none yet. */
  Peer known(int rank) {
    return peers.get(rank);
  }

  /** Whether a frame that names a source may come from a node. */
  boolean livesAt(int source, NodeId from) {
    return (recent != null && recent.rank == source) ? recent.livesAt(from, route) : route.livesAt(source, from);
  }

  /** The way to a peer; null where there is none yet. */
  Outlet outlet(Peer peer) {
    Outlet outlet = peer.outlet();
    if (outlet == null) {
      outlet = route.outlet(peer.rank);
      peer.outlet(outlet);
    }
    return outlet;
  }
}
