package dev.vertxmpi.runtime.link.local;

import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import io.vertx.core.Future;

/** The link between nodes of one JVM, and of a node with itself. */
public final class LocalLinkProvider implements LinkProvider {

  /** For {@link java.util.ServiceLoader}. */
  public LocalLinkProvider() {
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Future<LinkEndpoint> open(LinkContext context) {
    return Future.succeededFuture(new LocalEndpoint(context));
  }
}
