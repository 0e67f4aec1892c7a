package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import dev.vertxmpi.spi.SetService;
import dev.vertxmpi.spi.SetServiceProvider;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Process sets in the Hazelcast cluster of a clustered Vert.x. */
public final class HazelcastSetServiceProvider implements SetServiceProvider {

  /** Used by {@link java.util.ServiceLoader}. */
  public HazelcastSetServiceProvider() {
  }

  @Override
  public Optional<SetService> sets(Vertx vertx) {
    try {
      return Members.of(vertx).map(member -> new HazelcastSetService(SetTable.open(member)));
    } catch (HazelcastInstanceNotActiveException e) {
      // The cluster was left between one line and the next.
      return Optional.empty();
    }
  }
}
