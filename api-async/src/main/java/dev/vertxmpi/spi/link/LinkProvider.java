package dev.vertxmpi.spi.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SSLOptions;
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
   * @param tls keys and trust for links between hosts; null for none
   */
  record LinkContext(Vertx vertx, NodeId self, String host, KeyRing keys, FrameSink sink, Duration failureTimeout,
      SSLOptions tls) {

    /**
     * Without TLS.
     *
     * @param vertx for sockets, event bus and timers
     * @param self the node
     * @param host IP address to listen at
     * @param keys secrets
     * @param sink where frames arrive
     * @param failureTimeout how long silence is trusted
     */
    public LinkContext(Vertx vertx, NodeId self, String host, KeyRing keys, FrameSink sink, Duration failureTimeout) {
      this(vertx, self, host, keys, sink, failureTimeout, null);
    }

    /** Tells no secret. */
    @Override
    public String toString() {
      return "LinkContext[" + self + ", host=" + host + ", failureTimeout=" + failureTimeout
          + (tls == null ? "]" : ", tls]");
    }
  }
}
