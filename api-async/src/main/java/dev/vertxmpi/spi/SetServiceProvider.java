package dev.vertxmpi.spi;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** Opens stores of process sets: provided by modules such as {@code name-service-hazelcast}. */
public interface SetServiceProvider {

  /**
   * The providers.
   *
   * @return those on the class or module path, possibly none
   */
  static List<SetServiceProvider> all() {
    return Providers.all(SetServiceProvider.class);
  }

  /**
   * The sets of a cluster.
   *
   * @param vertx clustered
   * @return empty where this provider does not know the cluster
   */
  Optional<SetService> sets(Vertx vertx);
}
