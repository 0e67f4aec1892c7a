package dev.vertxmpi.launcher.job;

import dev.vertxmpi.runtime.bootstrap.RosterService;
import dev.vertxmpi.spi.ClusterProvider;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * Ranks meet in a cluster of their own. The launcher is its first member: it keeps the roster, and a copy of the names
 * of the local scope.
 */
final class ClusterGathering implements Gathering {

  private static final String LOOPBACK = "127.0.0.1";

  private final Clustered clustered;
  private final RosterService roster;

  private ClusterGathering(Clustered clustered, RosterService roster) {
    this.clustered = clustered;
    this.roster = roster;
  }

  static Future<Gathering> open(UUID job, int size, IntConsumer joined) {
    return ClusterProvider.get().join(Variables.cluster(job), LOOPBACK, 0, List.of())
        .compose(clustered -> RosterService.open(clustered.vertx(), job, size, joined)
            .<Gathering>map(roster -> new ClusterGathering(clustered, roster))
            .recover(e -> clustered.vertx().close().eventually(() -> Future.failedFuture(e)).mapEmpty()));
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
