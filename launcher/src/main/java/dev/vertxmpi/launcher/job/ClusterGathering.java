package dev.vertxmpi.launcher.job;

import dev.vertxmpi.spi.ClusterProvider;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;

/** Ranks meet in a cluster of their own; the launcher is its first member. */
final class ClusterGathering implements Gathering {

  private static final String LOOPBACK = "127.0.0.1";

  private final Clustered clustered;

  private ClusterGathering(Clustered clustered) {
    this.clustered = clustered;
  }

  static Future<Gathering> open(UUID job, int size, IntConsumer joined) {
    return ClusterProvider.get().join(Variables.cluster(job), LOOPBACK, 0, List.of()).map(ClusterGathering::new);
  }

  @Override
  public String member() {
    return clustered.member();
  }

  @Override
  public Future<Void> close() {
    return clustered.vertx().close();
  }
}
