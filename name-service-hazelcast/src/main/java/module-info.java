/** Keeps published names in Hazelcast, and clusters Vert.x with it. */
module dev.vertxmpi.hazelcast {
  requires transitive dev.vertxmpi;
  requires com.hazelcast.core;
  requires java.logging;
  // Needed only to build or borrow a clustered Vert.x; name servers and their clients do without.
  requires static io.vertx.clustermanager.hazelcast;

  exports dev.vertxmpi.hazelcast;

  provides dev.vertxmpi.spi.ClusterProvider with dev.vertxmpi.hazelcast.impl.HazelcastClusterProvider;
  provides dev.vertxmpi.spi.NameServiceProvider with dev.vertxmpi.hazelcast.impl.HazelcastNameServiceProvider;
}
