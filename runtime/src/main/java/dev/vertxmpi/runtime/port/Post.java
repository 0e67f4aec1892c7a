package dev.vertxmpi.runtime.port;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.util.UUID;

/** Sends the frames of connections. */
final class Post {

  private Post() {
  }

  /** The context of a client's attempt or of a group that connects, from its random id. */
  static ContextId context(UUID id) {
    return new ContextId(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /** The context of a node's door. */
  static ContextId door(NodeId node) {
    return context(node.value()).derive("door", 0);
  }

  static Future<Void> send(Node node, ProcessId to, byte kind, ContextId context, int source, int target,
      long sequence, WireWriter body) {
    Envelope envelope = new Envelope(kind, (short) 0, context, source, target, 0, sequence, 0, 0, 0);
    return node.send(to, Frame.of(envelope, body.payload()));
  }
}
