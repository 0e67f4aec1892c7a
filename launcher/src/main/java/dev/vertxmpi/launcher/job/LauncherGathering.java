package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobFamily;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.runtime.bootstrap.LauncherRoster;
import dev.vertxmpi.runtime.bootstrap.LauncherRoster.Place;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Ranks meet at a roster that the launcher keeps at a port of its own. The cluster begins with the first rank that
 * needs it, or before the ranks where the job asks for that.
 */
final class LauncherGathering implements Gathering {

  private final JobCluster cluster;
  private final LauncherRoster roster;
  private final String member;

  private LauncherGathering(JobCluster cluster, LauncherRoster roster, String member) {
    this.cluster = cluster;
    this.roster = roster;
    this.member = member;
  }

  /** Begins the roster; a spawned job comes into the cluster of those who spawned it, so that they share names. */
  static Future<Gathering> open(JobSpec spec, UUID job, byte[] key, IntConsumer joined) {
    Optional<JobFamily> family = spec.getFamily().filter(parents -> !parents.members().isEmpty());
    JobCluster cluster = new JobCluster(family.map(JobFamily::cluster).orElse(Variables.cluster(job)),
        family.map(JobFamily::members).orElse(List.of()));
    AtomicInteger missing = new AtomicInteger(spec.totalRanks());
    LauncherRoster roster;
    try {
      roster = LauncherRoster.open(job, spec.totalRanks(), key, rank -> {
        joined.accept(rank);
        // While the parents are there to be joined, but not while the children begin.
        if (missing.decrementAndGet() == 0 && family.isPresent()) {
          cluster.place();
        }
      }, cluster::place);
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
    if (!spec.isClustered()) {
      return Future.succeededFuture(new LauncherGathering(cluster, roster, ""));
    }
    return cluster.place().map(Place::member).<Gathering>map(member -> new LauncherGathering(cluster, roster, member))
        .onFailure(never -> roster.close());
  }

  @Override
  public String cluster() {
    return cluster.name();
  }

  @Override
  public String member() {
    return member;
  }

  @Override
  public String roster() {
    return roster.address();
  }

  @Override
  public Future<Void> close() {
    roster.close();
    return cluster.close();
  }
}
