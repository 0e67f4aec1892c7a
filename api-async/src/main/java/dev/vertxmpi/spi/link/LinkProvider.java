package dev.vertxmpi.spi.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** A sort of link. */
public interface LinkProvider {

  /**
   * The name, as in {@code VERTX_MPI_LINKS}.
   *
   * @return such as {@code tcp}
   */
  String name();

  /**
   * Opens this node for links.
   *
   * @param context what the links need to know of the node
   * @return the open end
   */
  Future<LinkEndpoint> open(LinkContext context);

  /**
   * What links need to know of their node.
   *
   * @param vertx for sockets, event bus and timers
   * @param self the node
   * @param host IP address to listen at
   * @param keys secrets
   * @param sink where frames arrive
   * @param failureTimeout how long silence is trusted
   */
  record LinkContext(Vertx vertx, NodeId self, String host, KeyRing keys, FrameSink sink, Duration failureTimeout) {
  }
}
