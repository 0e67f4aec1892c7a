package dev.vertxmpi.runtime.port;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.util.UUID;

/**
 * A connect as the server sees it.
 *
 * <pre>
 *              offer                confirm               established
 *   QUEUED ------------> OFFERED ------------> CONFIRMED ------------> (forgotten: the connection exists)
 *     ^ |                 | |                   | |
 *     | '--- revoked ---- | '---- revoked ----- | '---- revoked ------> (forgotten: the accept serves the next)
 *     '--- accept gone ---'---- accept gone ----'
 * </pre>
 *
 * <p>Confined to the domain of the port.
 */
final class Caller {

  enum State { QUEUED, OFFERED, CONFIRMED }

  private final UUID attempt;
  private final NodeId from;
  private final Peers group;
  private State state = State.QUEUED;
  /** Counts offers: a confirmation of an offer that was withdrawn is told from one of the next. */
  private long offer;
  private UUID server;
  private Acceptor acceptor;

  Caller(UUID attempt, NodeId from, Peers group) {
    this.attempt = attempt;
    this.from = from;
    this.group = group;
  }

  UUID attempt() {
    return attempt;
  }

  NodeId from() {
    return from;
  }

  Peers group() {
    return group;
  }

  State state() {
    return state;
  }

  Acceptor acceptor() {
    return acceptor;
  }

  ContextId context() {
    return ContextId.ofConnection(server, attempt);
  }

  Formation formation(byte[] portKey) {
    return new Formation(context(), Proof.connectionKey(portKey, server, attempt), true, group);
  }

  void offer(Node node, byte[] portKey, Acceptor to) {
    WireWriter body = new WireWriter();
    server = UUID.randomUUID();
    to.group().write(body.uuid(server).bytes(Proof.ofServer(portKey, server, attempt)));
    acceptor = to;
    state = State.OFFERED;
    offer++;
    tell(node, PortKind.OFFER, body);
  }

  boolean confirm(long which) {
    boolean fits = state == State.OFFERED && which == offer;
    if (fits) {
      state = State.CONFIRMED;
    }
    return fits;
  }

  void withdrawOffer(Node node) {
    state = State.QUEUED;
    acceptor = null;
    tell(node, PortKind.WITHDRAWN, new WireWriter());
  }

  void establish(Node node) {
    tell(node, PortKind.ESTABLISHED, new WireWriter());
  }

  Future<Void> refuse(Node node, MpiException why) {
    return tell(node, PortKind.REFUSED, new WireWriter().error(why));
  }

  /** Where this fails the client is gone or cut off: the watch on its process hears of that. */
  private Future<Void> tell(Node node, byte kind, WireWriter body) {
    return Post.send(node, group.rootProcess(), kind, Post.context(attempt), 0, 0, offer, body)
        .otherwiseEmpty();
  }
}
