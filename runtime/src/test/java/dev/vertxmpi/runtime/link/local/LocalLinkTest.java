package dev.vertxmpi.runtime.link.local;

import dev.vertxmpi.runtime.link.LinkBackend;
import dev.vertxmpi.runtime.link.LinkContract;
import dev.vertxmpi.runtime.link.LinkEnd;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.io.IOException;
import java.util.Map;

class LocalLinkTest extends LinkContract {

  private static final class Backend implements LinkBackend {

    @Override
    public LinkProvider provider() {
      return new LocalLinkProvider();
    }

    @Override
    public void kill(LinkEndpoint endpoint) {
      ((LocalEndpoint) endpoint).kill(new IOException("killed"));
    }

    @Override
    public NodeAddress nowhere(LinkEnd from) {
      return new NodeAddress(NodeId.random(), Map.of("local", from.endpoint.endpoint()));
    }
  }

  LocalLinkTest() {
    super(new Backend());
  }

  @Override
  protected boolean isQueued() {
    return false;
  }
}
