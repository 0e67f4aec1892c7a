package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.link.PollingLinkContract;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.util.Map;

/** The contract where loops of ranks look at the sockets. */
class TcpPollingTest extends PollingLinkContract {

  @Override
  protected LinkProvider provider() {
    return new TcpLinkProvider();
  }

  @Override
  protected void kill(LinkEndpoint endpoint) {
    ((TcpEndpoint) endpoint).kill();
  }

  @Override
  protected NodeAddress nowhere() {
    return new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1"));
  }
}
