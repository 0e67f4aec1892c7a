package dev.vertxmpi.hazelcast.impl;

/** What name servers and their clients agree on. */
public final class NameServers {

  /** Cluster name that keeps strangers out. */
  public static final String CLUSTER = "vertx-mpi-names";

  static final String MAP = NameTable.MAP_PREFIX + "global";

  private NameServers() {
  }
}
