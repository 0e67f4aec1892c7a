package dev.vertxmpi.runtime.link.bus;

import dev.vertxmpi.runtime.link.LinkContract;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.util.Map;

class BusLinkTest extends LinkContract {

  @Override
  protected LinkProvider provider() {
    return new BusLinkProvider();
  }

  @Override
  protected void kill(LinkEndpoint endpoint) {
    ((BusEndpoint) endpoint).kill();
  }

  @Override
  protected NodeAddress nowhere() {
    NodeId nobody = NodeId.random();
    return new NodeAddress(nobody, Map.of("bus", "vertx-mpi.node." + nobody));
  }
}
