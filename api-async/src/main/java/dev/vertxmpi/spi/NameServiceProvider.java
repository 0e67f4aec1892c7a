package dev.vertxmpi.spi;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** Makes name services: provided by modules such as {@code name-service-hazelcast}. */
public interface NameServiceProvider {

  /**
   * The providers.
   *
   * @return those on the class or module path, possibly none
   */
  static List<NameServiceProvider> all() {
    return Providers.all(NameServiceProvider.class);
  }

  /**
   * Names of the local scope of a job whose ranks share a clustered {@code Vertx}.
   *
   * @param vertx clustered
   * @param scope name of the scope: the first job of those that spawned each other
   * @return empty where this provider does not know the cluster
   */
  Optional<NameService> local(Vertx vertx, String scope);

  /**
   * Names of the global scope. Connects on first use, not here.
   *
   * @param vertx for timers and blocking calls
   * @param servers host:port each, at least one
   * @return the service
   */
  Optional<NameService> global(Vertx vertx, List<String> servers);
}
