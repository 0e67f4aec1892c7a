package dev.vertxmpi.spi;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import java.util.List;

/** Builds a clustered {@code Vertx}: provided by modules such as {@code name-service-hazelcast}. */
public interface ClusterProvider {

  /**
   * The provider.
   *
   * @return the one on the class or module path
   */
  static ClusterProvider get() {
    return Providers.only(ClusterProvider.class, "vertx-mpi-name-service-hazelcast with vertx-hazelcast");
  }

  /**
   * Joins or begins a cluster: explicit members only, no multicast, no discovery.
   *
   * @param name of the cluster; members of other names are refused
   * @param host IP address to listen at
   * @param port to listen at; 0 for any free one
   * @param members host:port of members to join; none to begin a cluster
   * @return the cluster's {@code Vertx}; closing it leaves the cluster
   */
  default Future<Clustered> join(String name, String host, int port, List<String> members) {
    return join(name, host, port, members, Vertx.builder());
  }

  /**
   * Joins or begins a cluster with a {@code Vertx} of the caller's making.
   *
   * @param name of the cluster; members of other names are refused
   * @param host IP address to listen at
   * @param port to listen at; 0 for any free one
   * @param members host:port of members to join; none to begin a cluster
   * @param builder gets its options and cluster manager here
   * @return the cluster's {@code Vertx}; closing it leaves the cluster
   */
  Future<Clustered> join(String name, String host, int port, List<String> members, VertxBuilder builder);

  /**
   * A clustered {@code Vertx} and how others join it.
   *
   * @param vertx its owner closes it
   * @param member host:port for others
   */
  record Clustered(Vertx vertx, String member) {
  }
}
