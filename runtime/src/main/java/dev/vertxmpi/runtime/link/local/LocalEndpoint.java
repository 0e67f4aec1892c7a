package dev.vertxmpi.runtime.link.local;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.KeyRing;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A node's place in the table of its JVM.
 *
 * <p>The text of the endpoint is a nonce of the JVM: equal host names or process numbers prove nothing.
 */
final class LocalEndpoint implements LinkEndpoint {

  private static final String JVM = UUID.randomUUID().toString();
  private static final Map<NodeId, LocalEndpoint> OPEN = new ConcurrentHashMap<>();

  private final LinkContext context;
  private final List<LocalLink> outgoing = new ArrayList<>();
  private final List<LocalLink> incoming = new ArrayList<>();
  private boolean closed;

  LocalEndpoint(LinkContext context) {
    this.context = context;
    OPEN.put(context.self(), this);
  }

  @Override
  public String endpoint() {
    return JVM;
  }

  @Override
  public boolean reaches(NodeAddress peer) {
    return JVM.equals(peer.endpoints().get("local"));
  }

  @Override
  public boolean seesDeath(NodeAddress peer) {
    return true;
  }

  @Override
  public Future<Link> connect(NodeAddress self, NodeAddress peer) {
    return find(peer).compose(other -> other.context.keys().isDead(self.id())
        ? refusedAsDead(peer.id())
        : link(self, peer, other));
  }

  private Future<LocalEndpoint> find(NodeAddress peer) {
    LocalEndpoint other = OPEN.get(peer.id());
    if (other == null || !reaches(peer)) {
      return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED,
          "no node " + peer.id() + " is open in this JVM"));
    }
    return sameKey(context.keys(), other.context.keys(), context.self(), peer.id())
        ? Future.succeededFuture(other)
        : Future.failedFuture(new MpiException(ErrorClass.ACCESS,
            "the node " + peer.id() + " does not accept our key"));
  }

  private <T> Future<T> refusedAsDead(NodeId by) {
    context.keys().declaredDeadBy(by, context.keys().keyFor(by));
    return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED,
        "the node " + by + " has declared this node dead"));
  }

  /** As in the handshake of other links: where each has declared the other dead, the lesser id stays. */
  @Override
  public Future<Void> probe(NodeAddress self, NodeAddress peer) {
    return find(peer).compose(other -> {
      KeyRing theirs = other.context.keys();
      boolean refused = theirs.isDead(self.id());
      if (context.keys().isDead(peer.id())
          && (!refused || self.id().value().compareTo(peer.id().value()) < 0)) {
        theirs.declaredDeadBy(self.id(), context.keys().keyFor(peer.id()));
        return Future.succeededFuture();
      }
      return refused ? refusedAsDead(peer.id()) : Future.succeededFuture();
    });
  }

  @Override
  public void cut(NodeId peer) {
    List<LocalLink> links;
    synchronized (this) {
      links = new ArrayList<>(outgoing);
      links.addAll(incoming);
    }
    links.stream().filter(link -> link.isBetween(context.self(), peer))
        .forEach(link -> link.end(new IllegalStateException("one of the nodes was declared dead")));
  }

  private Future<Link> link(NodeAddress self, NodeAddress peer, LocalEndpoint other) {
    LocalLink link = new LocalLink(self, peer, other.context.sink(), over -> {
      forget(over);
      other.forget(over);
    });
    if (other.register(link, false)) {
      other.context.sink().onOpened(self);
      if (register(link, true)) {
        return Future.succeededFuture(link);
      }
      link.end(null);
    }
    return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "the node " + peer.id() + " is closing"));
  }

  /** Both secrets lie in this JVM, so they are compared instead of proved by challenge. */
  private static boolean sameKey(KeyRing ours, KeyRing theirs, NodeId self, NodeId peer) {
    String name = ours.keyFor(peer);
    Optional<byte[]> mine = ours.secret(name);
    Optional<byte[]> other = theirs.admits(self, name) ? theirs.secret(name) : Optional.empty();
    return mine.isPresent() && other.isPresent() && MessageDigest.isEqual(mine.get(), other.get());
  }

  private synchronized boolean register(LocalLink link, boolean out) {
    return !closed && (out ? outgoing : incoming).add(link);
  }

  private synchronized void forget(LocalLink link) {
    outgoing.remove(link);
    incoming.remove(link);
  }

  /** Ends as if the node had crashed. */
  void kill(Throwable cause) {
    shut().forEach(link -> link.end(cause));
  }

  private synchronized List<LocalLink> shut() {
    closed = true;
    OPEN.remove(context.self());
    List<LocalLink> links = new ArrayList<>(outgoing);
    links.addAll(incoming);
    return links;
  }

  @Override
  public Future<Void> close() {
    shut().forEach(link -> link.end(null));
    return Future.succeededFuture();
  }
}
