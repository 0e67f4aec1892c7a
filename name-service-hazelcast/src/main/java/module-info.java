/** Keeps published names in Hazelcast, and clusters Vert.x with it. */
module dev.vertxmpi.hazelcast {
  requires transitive dev.vertxmpi;
  requires com.hazelcast.core;
  // Hazelcast is an automatic module: it cannot say itself what it needs, and it needs nearly all.
  requires java.se;
  // Vert.x's JSON needs it, and names it as optional only.
  requires com.fasterxml.jackson.core;
  // Needed only to build or borrow a clustered Vert.x; name servers and their clients do without.
  requires static io.vertx.clustermanager.hazelcast;

  exports dev.vertxmpi.hazelcast;

  provides dev.vertxmpi.spi.ClusterProvider with dev.vertxmpi.hazelcast.impl.HazelcastClusterProvider;
  provides dev.vertxmpi.spi.NameServiceProvider with dev.vertxmpi.hazelcast.impl.HazelcastNameServiceProvider;
  provides dev.vertxmpi.spi.SetServiceProvider with dev.vertxmpi.hazelcast.impl.HazelcastSetServiceProvider;
}
