package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.runtime.link.PollingLinkContract;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.util.Map;

/** The contract where loops of ranks look at the rings. */
class ShmPollingTest extends PollingLinkContract {

  @Override
  protected LinkProvider provider() {
    return new ShmLinkProvider();
  }

  @Override
  protected void kill(LinkEndpoint endpoint) {
    ((ShmEndpoint) endpoint).kill();
  }

  @Override
  protected NodeAddress nowhere() {
    return new NodeAddress(NodeId.random(), Map.of("shm", a.endpoint.endpoint().replaceFirst("....$", "0000")));
  }
}
