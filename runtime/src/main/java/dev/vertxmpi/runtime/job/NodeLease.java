package dev.vertxmpi.runtime.job;

import dev.vertxmpi.runtime.bootstrap.Places;
import dev.vertxmpi.runtime.node.Node;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** A node that several ranks of a JVM share: open while one of them needs it. */
final class NodeLease {

  private final Supplier<Future<Node>> opener;
  private Future<Node> node;
  private boolean introduced;
  private int users;

  NodeLease(Supplier<Future<Node>> opener) {
    this.opener = opener;
  }

  /** The node, opened for the first user on that user's context. Each call needs a {@link #release()}. */
  synchronized Future<Node> acquire() {
    users++;
    if (node == null) {
      node = opener.get();
    }
    return node;
  }

  /** Makes all ranks known to the node, once for all that share it. */
  synchronized void introduce(Places places) {
    if (!introduced) {
      introduced = true;
      places.introduceTo(node.result());
    }
  }

  /** Closes the node after its last user. */
  synchronized Future<Void> release() {
    if (--users > 0) {
      return Future.succeededFuture();
    }
    Future<Node> last = node;
    node = null;
    introduced = false;
    return last.transform(open -> open.succeeded() ? open.result().close() : Future.succeededFuture());
  }
}
