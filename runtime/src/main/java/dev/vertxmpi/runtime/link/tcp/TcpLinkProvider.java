package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import io.vertx.core.Future;

/** The link between JVMs that can open sockets to each other. */
public final class TcpLinkProvider implements LinkProvider {

  /** For {@link java.util.ServiceLoader}. */
  public TcpLinkProvider() {
  }

  @Override
  public String name() {
    return "tcp";
  }

  @Override
  public Future<LinkEndpoint> open(LinkContext context) {
    return TcpEndpoint.open(context).map(endpoint -> endpoint);
  }
}
