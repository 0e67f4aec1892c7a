package dev.vertxmpi.launcher.job;

import dev.vertxmpi.runtime.bootstrap.LauncherRoster.Place;
import dev.vertxmpi.spi.ClusterProvider;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import io.vertx.core.Future;
import java.util.List;

/**
 * The launcher's member of a job's cluster, begun when somebody asks for it. It is the first one that ranks join, and
 * keeps a copy of the names of the local scope. Thread-safe.
 */
final class JobCluster {

  private static final String LOOPBACK = "127.0.0.1";

  private final String name;
  private final List<String> parents;
  private Future<Clustered> member;
  private boolean closed;

  /**
   * Not begun.
   *
   * @param name of the cluster
   * @param parents host:port of members to join; empty to begin a cluster
   */
  JobCluster(String name, List<String> parents) {
    this.name = name;
    this.parents = parents;
  }

  String name() {
    return name;
  }

  /** Where ranks join; tried again by the next call where it has failed. */
  synchronized Future<Place> place() {
    if (closed) {
      return Future.failedFuture("the job ends");
    }
    if (member == null || member.failed()) {
      member = join();
    }
    return member.map(clustered -> new Place(name, clustered.member()));
  }

  private Future<Clustered> join() {
    ClusterProvider provider;
    try {
      provider = ClusterProvider.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    Future<Clustered> joined = provider.join(name, LOOPBACK, 0, parents);
    // Where all of the parents have ended already, nobody is left whose names could be missed.
    return parents.isEmpty() ? joined : joined.recover(nobody -> provider.join(name, LOOPBACK, 0, List.of()));
  }

  /** Leaves the cluster, if this is a member. */
  synchronized Future<Void> close() {
    closed = true;
    return member == null ? Future.succeededFuture()
        : member.transform(joined -> joined.succeeded() ? joined.result().vertx().close() : Future.succeededFuture());
  }
}
