package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobFamily;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.runtime.bootstrap.RosterService;
import dev.vertxmpi.spi.ClusterProvider;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * Ranks meet in a cluster of their own. The launcher is its first member: it keeps the roster, and a copy of the names
 * of the local scope.
 */
final class ClusterGathering implements Gathering {

  private static final String LOOPBACK = "127.0.0.1";

  private final String cluster;
  private final Clustered clustered;
  private final RosterService roster;

  private ClusterGathering(String cluster, Clustered clustered, RosterService roster) {
    this.cluster = cluster;
    this.clustered = clustered;
    this.roster = roster;
  }

  /** Begins a cluster; a spawned job comes into that of those who spawned it, so that they share names. */
  static Future<Gathering> open(JobSpec spec, UUID job, IntConsumer joined) {
    Optional<JobFamily> family = spec.getFamily().filter(parents -> !parents.cluster().isEmpty());
    String cluster = family.map(JobFamily::cluster).orElse(Variables.cluster(job));
    return ClusterProvider.get().join(cluster, LOOPBACK, 0, family.map(JobFamily::members).orElse(List.of()))
        .compose(clustered -> RosterService.open(clustered.vertx(), job, spec.totalRanks(), joined)
            .<Gathering>map(roster -> new ClusterGathering(cluster, clustered, roster))
            .recover(e -> clustered.vertx().close().eventually(() -> Future.failedFuture(e)).mapEmpty()));
  }

  @Override
  public String cluster() {
    return cluster;
  }

  @Override
  public String member() {
    return clustered.member();
  }

  @Override
  public Future<Void> close() {
    return roster.close().eventually(() -> clustered.vertx().close());
  }
}
