package dev.vertxmpi.runtime.node;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Traffic;
import dev.vertxmpi.runtime.link.local.LocalLink;
import dev.vertxmpi.runtime.vertx.Crowd;
import dev.vertxmpi.spi.link.FrameSink;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** The links out of a node: one for each peer, the best that both ends reach, made on first use. */
final class LinkTable {

  private final NodeAddress self;
  private final Map<String, LinkEndpoint> endpoints;
  private final Dialler dialler;
  private final FrameSink sink;
  private final BiFunction<PeerLink, MpiException, Future<Void>> onLost;
  private final Consumer<NodeAddress> onClosedByPeer;
  private final Function<NodeId, Runnable> hold;
  private final Map<NodeId, PeerLink> peers = new ConcurrentHashMap<>();
  private final Map<String, Traffic.Counters> past = new TreeMap<>();
  /** JVMs of this host. */
  private int neighbours;
  private volatile boolean closed;

  /**
   * A table with no links.
   *
   * @param self this node
   * @param endpoints of this node, best first
   * @param sink for the link to itself
   * @param onLost a link was lost, or could not be made: settles when it is decided what becomes of the peer
   * @param onClosedByPeer a peer has closed its link in order
   * @param hold keeps the secret for a peer while that is dialled; what it returns lets go of it
   */
  LinkTable(NodeAddress self, Map<String, LinkEndpoint> endpoints, FrameSink sink,
      BiFunction<PeerLink, MpiException, Future<Void>> onLost, Consumer<NodeAddress> onClosedByPeer,
      Function<NodeId, Runnable> hold) {
    this.self = self;
    this.sink = sink;
    this.endpoints = new LinkedHashMap<>(endpoints);
    this.dialler = new Dialler(self, this.endpoints);
    this.onLost = onLost;
    this.onClosedByPeer = onClosedByPeer;
    this.hold = hold;
  }

  /** The open end of a sort of link; null where it is not used. */
  LinkEndpoint endpoint(String name) {
    return endpoints.get(name);
  }

  Runnable progressOn(Context context, Collection<NodeAddress> known) {
    meet(known);
    List<Runnable> undo = endpoints.values().stream().map(endpoint -> endpoint.progressOn(context)).toList();
    return () -> undo.forEach(Runnable::run);
  }

  /** Those of this host compete for its cores. */
  private synchronized void meet(Collection<NodeAddress> known) {
    int here = closed ? 0 : (int) known.stream().filter(node -> !node.id().equals(self.id()))
        .filter(node -> endpoints.values().stream().anyMatch(end -> end.sharesMemory() && end.reaches(node))).count();
    Crowd.neighbours(here - neighbours);
    neighbours = here;
  }

  /** Maps memory of a peer, by the link that shares memory: it knows whether the peer is within reach. */
  Future<MemorySegment> map(NodeAddress peer, String region) {
    for (LinkEndpoint endpoint : endpoints.values()) {
      if (endpoint.sharesMemory()) {
        return endpoint.map(peer, region);
      }
    }
    return Future.failedFuture(new MpiException(ErrorClass.UNSUPPORTED_OPERATION,
        "no link to the node " + peer.id() + " shares memory"));
  }

  boolean has(NodeId peer) {
    return peers.containsKey(peer);
  }

  int size() {
    return peers.size();
  }

  PeerLink to(NodeAddress peer) {
    PeerLink known = peers.get(peer.id());
    if (known != null) {
      return known;
    }
    PeerLink made = new PeerLink(peer);
    PeerLink faster = peers.putIfAbsent(peer.id(), made);
    if (faster != null) {
      return faster;
    }
    if (closed) {
      lose(made, new MpiException(ErrorClass.PROC_FAILED, "this node is closed"));
    } else if (peer.id().equals(self.id())) {
      opened(made, new LocalLink(self, self, sink, over -> { }));
    } else {
      Runnable release = hold.apply(peer.id());
      dialler.link(peer, () -> !closed && !made.isOver()).onComplete(link -> {
        release.run();
        opened(made, link);
      }, failure -> {
        release.run();
        lose(made, MpiException.of(failure));
      });
    }
    return made;
  }

  private void opened(PeerLink link, Link made) {
    link.opened(made);
    made.closeHandler(cause -> {
      if (cause == null) {
        if (forget(link, new MpiException(ErrorClass.PROC_FAILED, "the node " + link.peer().id() + " has closed"))
            && !closed && !link.isAbandoned()) {
          onClosedByPeer.accept(link.peer());
        }
      } else {
        link.suspend();
        lose(link, new MpiException(ErrorClass.PROC_FAILED,
            "the link " + made.name() + " to the node " + link.peer().id() + " died: "
                + MpiException.of(cause).reason(), cause));
      }
    });
    if (closed || link.isOver()) {
      made.close().onComplete(done -> { });
    }
  }

  /** The node decides what becomes of the peer; until then nothing goes there. */
  private void lose(PeerLink link, MpiException why) {
    if (link.isAbandoned()) {
      return;
    }
    onLost.apply(link, why).onComplete(decided -> forget(link, asFailure(why)));
  }

  private static MpiException asFailure(MpiException why) {
    return why.errorClass() == ErrorClass.PROC_FAILED ? why
        : new MpiException(ErrorClass.PROC_FAILED, why.reason(), why);
  }

  /** False where it was forgotten before. */
  private boolean forget(PeerLink link, MpiException why) {
    boolean known;
    // One step for who counts.
    synchronized (past) {
      known = peers.remove(link.peer().id(), link);
      Link made = link.link();
      if (known && made != null) {
        past.merge(made.name(), counters(made), LinkTable::sum);
      }
    }
    link.ended(why);
    return known;
  }

  /** Asks a node whether it is there, or tells it that it is not. */
  Future<Void> probe(NodeAddress peer) {
    return dialler.probe(peer);
  }

  /** Ends all links with a node at once, both ways. */
  void cut(NodeId peer) {
    endpoints.values().forEach(endpoint -> endpoint.cut(peer));
  }

  /** Ends the link to a node of which it is known otherwise that it is gone. */
  void drop(NodeId peer, MpiException why) {
    PeerLink link = peers.get(peer);
    if (link != null) {
      Link made = link.link();
      forget(link, why);
      if (made != null) {
        made.close().onComplete(done -> { });
      }
    }
  }

  /** Stops making a link. False where there is one. */
  boolean abandon(NodeId peer, MpiException why) {
    PeerLink link = peers.get(peer);
    return link != null && link.abandon(why) && peers.remove(peer, link);
  }

  Traffic traffic() {
    synchronized (past) {
      Map<String, Traffic.Counters> sums = new TreeMap<>(past);
      for (PeerLink peer : peers.values()) {
        Link link = peer.link();
        if (link != null) {
          sums.merge(link.name(), counters(link), LinkTable::sum);
        }
      }
      return new Traffic(sums);
    }
  }

  private static Traffic.Counters counters(Link link) {
    return new Traffic.Counters(1, link.framesSent(), link.bytesSent(), link.doorbellsRung());
  }

  private static Traffic.Counters sum(Traffic.Counters a, Traffic.Counters b) {
    return new Traffic.Counters(a.peers() + b.peers(), a.frames() + b.frames(), a.bytes() + b.bytes(),
        a.doorbells() + b.doorbells());
  }

  /** Closes the links in order, then what listens. */
  Future<Void> close() {
    closed = true;
    meet(List.of());
    List<Future<Void>> links = new ArrayList<>();
    for (PeerLink peer : peers.values()) {
      Link link = peer.link();
      if (link != null) {
        links.add(link.close());
      }
      if (link == null || peer.isSuspected()) {
        peer.ended(new MpiException(ErrorClass.PROC_FAILED, "this node is closed"));
      }
    }
    return Future.join(links).transform(left -> Future.join(endpoints.values().stream()
        .map(LinkEndpoint::close).toList())).mapEmpty();
  }
}
