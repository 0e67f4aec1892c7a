package dev.vertxmpi.spi;

import io.vertx.core.Future;

/**
 * Ranks that are being spawned, seen by those who spawn them.
 *
 * <pre>
 *   started ---- connected: adopted() ---> on their own
 *      '--- lost() fails, or they took too long: end() ---> gone
 * </pre>
 */
public interface SpawnedJob {

  /**
   * Whether a rank cannot be started, or has ended before it connected.
   *
   * @return never succeeds; fails with {@link dev.vertxmpi.ErrorClass#SPAWN}, naming the ranks, on any thread
   */
  Future<Void> lost();

  /** The ranks have connected: from here on they do not depend on those who spawned them. */
  void adopted();

  /**
   * Ends all ranks.
   *
   * @return settles when nothing is left of them, on any thread
   */
  Future<Void> end();
}
