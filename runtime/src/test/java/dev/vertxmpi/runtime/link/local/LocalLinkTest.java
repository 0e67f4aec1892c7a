package dev.vertxmpi.runtime.link.local;

import dev.vertxmpi.runtime.link.LinkContract;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.io.IOException;
import java.util.Map;

class LocalLinkTest extends LinkContract {

  @Override
  protected LinkProvider provider() {
    return new LocalLinkProvider();
  }

  @Override
  protected void kill(LinkEndpoint endpoint) {
    ((LocalEndpoint) endpoint).kill(new IOException("killed"));
  }

  @Override
  protected boolean isQueued() {
    return false;
  }

  @Override
  protected NodeAddress nowhere() {
    return new NodeAddress(NodeId.random(), Map.of("local", a.endpoint.endpoint()));
  }
}
