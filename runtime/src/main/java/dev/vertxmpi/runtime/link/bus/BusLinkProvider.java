package dev.vertxmpi.runtime.link.bus;

import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import io.vertx.core.Future;

/** The link wherever the event bus reaches. */
public final class BusLinkProvider implements LinkProvider {

  /** For {@link java.util.ServiceLoader}. */
  public BusLinkProvider() {
  }

  @Override
  public String name() {
    return "bus";
  }

  @Override
  public Future<LinkEndpoint> open(LinkContext context) {
    return BusEndpoint.open(context).map(endpoint -> endpoint);
  }
}
