package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;

/** The connections of an endpoint: one for each peer and key. Confined to the endpoint's loop. */
final class Table implements TcpConnection.Owner {

  /** Which connection: nodes that know each other by several keys may have several. */
  record Key(NodeId peer, String key) {
  }

  private final TcpEndpoint endpoint;
  private final Map<Key, Pair> pairs = new HashMap<>();

  Table(TcpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  Future<Link> connect(NodeAddress self, NodeAddress peer, boolean watched) {
    Promise<Link> promise = Promise.promise();
    Key key = new Key(peer.id(), endpoint.context().keys().keyFor(peer.id()));
    pair(key).connect(new Pair.Wish(self, peer, watched, promise));
    cleanUp(key);
    return promise.future();
  }

  private Pair pair(Key key) {
    return pairs.computeIfAbsent(key, none -> new Pair(endpoint, this, key.peer()));
  }

  private void cleanUp(Key key) {
    pairs.computeIfPresent(key, (same, pair) -> pair.isEmpty() ? null : pair);
  }

  private static Key keyOf(TcpConnection connection) {
    return new Key(connection.peer().id(), connection.key());
  }

  @Override
  public void proved(TcpConnection connection) {
    pair(keyOf(connection)).proved(connection);
  }

  @Override
  public void wanted(TcpConnection connection) {
    pair(keyOf(connection)).wanted(connection);
  }

  @Override
  public void opened(TcpConnection connection) {
    endpoint.known(connection);
    pair(keyOf(connection)).opened(connection);
  }

  @Override
  public void over(TcpConnection connection, MpiException why) {
    endpoint.forget(connection);
    for (Map.Entry<Key, Pair> entry : Map.copyOf(pairs).entrySet()) {
      if (entry.getValue().over(connection, why)) {
        cleanUp(entry.getKey());
      }
    }
  }

  /** Ends all that there is with a node. */
  void cut(NodeId peer) {
    Map.copyOf(pairs).forEach((key, pair) -> {
      if (key.peer().equals(peer)) {
        pair.cut();
      }
    });
  }

  /** Nothing new comes of what is wanted. */
  void close() {
    MpiException why = new MpiException(ErrorClass.PROC_FAILED, "this node is closed");
    Map.copyOf(pairs).values().forEach(pair -> pair.giveUp(why));
  }
}
