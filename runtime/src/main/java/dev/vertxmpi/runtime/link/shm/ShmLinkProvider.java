package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import io.vertx.core.Future;
import java.nio.file.Path;

/** The link between JVMs of one host and user. */
public final class ShmLinkProvider implements LinkProvider {

  private final Path base;

  /** For {@link java.util.ServiceLoader}. */
  public ShmLinkProvider() {
    this(ShmDirectory.base());
  }

  /** With its directories in a place of its own. */
  ShmLinkProvider(Path base) {
    this.base = base;
  }

  @Override
  public String name() {
    return ShmPlace.LINK;
  }

  @Override
  public Future<LinkEndpoint> open(LinkContext context) {
    return ShmEndpoint.open(context, base);
  }
}
