package dev.vertxmpi.runtime.vertx;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;

/**
 * Gives every {@code Vertx} of this JVM loops that poll, where it is asked to: for programs that build their own.
 *
 * <pre>
 *   -Dvertx-mpi.polling=true    or    VERTX_MPI_POLLING=true
 * </pre>
 */
public final class PollingServiceProvider implements VertxServiceProvider {

  /** For {@link java.util.ServiceLoader}. */
  public PollingServiceProvider() {
  }

  @Override
  public void init(VertxBootstrap bootstrap) {
    String asked = System.getProperty("vertx-mpi.polling", System.getenv("VERTX_MPI_POLLING"));
    if (Boolean.parseBoolean(asked) && !(bootstrap.transport() instanceof PollingTransport)) {
      bootstrap.transport(new PollingTransport(Loops.best(bootstrap.transport()), Spin.fromEnvironment()));
    }
  }
}
