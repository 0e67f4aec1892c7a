package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.link.LinkBackend;
import dev.vertxmpi.runtime.link.LinkEnd;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.util.Map;

/** Links over sockets. */
final class TcpBackend implements LinkBackend {

  @Override
  public LinkProvider provider() {
    return new TcpLinkProvider();
  }

  @Override
  public void kill(LinkEndpoint endpoint) {
    ((TcpEndpoint) endpoint).kill();
  }

  @Override
  public NodeAddress nowhere(LinkEnd from) {
    return new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1"));
  }
}
