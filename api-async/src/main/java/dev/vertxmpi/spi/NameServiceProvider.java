package dev.vertxmpi.spi;

import dev.vertxmpi.names.PublishingKey;
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

  /**
   * Names of the global scope, for somebody who may have a publishing key. Providers that know of no keys need not
   * implement it.
   *
   * @param vertx for timers and blocking calls
   * @param servers host:port each, at least one
   * @param key signs what is published, and then only what it signed is found; null for none
   * @return the service
   */
  default Optional<NameService> global(Vertx vertx, List<String> servers, PublishingKey key) {
    return global(vertx, servers);
  }
}
