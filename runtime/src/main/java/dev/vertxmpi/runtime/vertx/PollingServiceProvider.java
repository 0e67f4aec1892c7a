package dev.vertxmpi.runtime.vertx;

import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives every {@code Vertx} of this JVM loops that poll, where it is asked to: for programs that build their own.
 *
 * <pre>
 *   -Dvertx-mpi.polling=true    or    VERTX_MPI_POLLING=true
 * </pre>
 *
 * <p>And has each make its folder of class-path resources when it needs it: a rank that is killed leaves none.
 */
public final class PollingServiceProvider implements VertxServiceProvider {

  /**
   * Held, because the log manager forgets the level of a logger that nobody holds. It warns, with a stack trace, of a
   * peer that connects while a {@code Vertx} closes: ranks end at about the same time, so that is nothing special.
   */
  private static final Logger ACCEPTED_LATE = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");

  static {
    if (ACCEPTED_LATE.getLevel() == null) {
      ACCEPTED_LATE.setLevel(Level.SEVERE);
    }
  }

  /** For {@link java.util.ServiceLoader}. */
  public PollingServiceProvider() {
  }

  @Override
  public void init(VertxBootstrap bootstrap) {
    String asked = System.getProperty("vertx-mpi.polling", System.getenv("VERTX_MPI_POLLING"));
    if (Boolean.parseBoolean(asked) && !(bootstrap.transport() instanceof PollingTransport)) {
      bootstrap.transport(new PollingTransport(Loops.best(bootstrap.transport()), Spin.fromEnvironment()));
    }
    FileSystemOptions files = bootstrap.options().getFileSystemOptions();
    if (bootstrap.fileResolver() == null && files.isClassPathResolvingEnabled()) {
      bootstrap.fileResolver(new LazyFileResolver(files));
    }
  }
}
