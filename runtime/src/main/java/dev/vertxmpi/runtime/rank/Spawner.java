package dev.vertxmpi.runtime.rank;

import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.spi.SpawnedJob;
import io.vertx.core.Future;
import java.util.List;

/** Starts the ranks of a job that a rank spawns. */
@FunctionalInterface
public interface Spawner {

  /**
   * Starts them.
   *
   * @param programs what to start, checked already
   * @param parent where they connect before they have begun
   * @return the job, as soon as it can be ended; fails with {@link dev.vertxmpi.ErrorClass#SPAWN} where nothing was
   *     started; on any thread
   */
  Future<SpawnedJob> start(List<SpawnOptions> programs, Port parent);
}
