package dev.vertxmpi.runtime.link;

import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeAddress;

/** What a contract must know of the link that it tests. */
public interface LinkBackend {

  LinkProvider provider();

  /** Ends an endpoint as if its process had crashed. */
  void kill(LinkEndpoint endpoint);

  /** An address of nobody, as good as any for that end. */
  NodeAddress nowhere(LinkEnd from);
}
