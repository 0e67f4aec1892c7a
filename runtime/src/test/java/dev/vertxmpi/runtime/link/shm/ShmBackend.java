package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.runtime.link.LinkBackend;
import dev.vertxmpi.runtime.link.LinkEnd;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.util.Map;

/** Links over shared memory. */
final class ShmBackend implements LinkBackend {

  @Override
  public LinkProvider provider() {
    return new ShmLinkProvider();
  }

  @Override
  public void kill(LinkEndpoint endpoint) {
    ((ShmEndpoint) endpoint).kill();
  }

  @Override
  public NodeAddress nowhere(LinkEnd from) {
    return new NodeAddress(NodeId.random(), Map.of("shm", from.endpoint.endpoint().replaceFirst("....$", "0000")));
  }
}
