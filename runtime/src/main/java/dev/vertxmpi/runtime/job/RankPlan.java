package dev.vertxmpi.runtime.job;

import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.bootstrap.Bootstrap;
import io.vertx.core.Context;

/**
 * All that is known of a rank before it begins.
 *
 * @param id who it will be
 * @param context of the user
 * @param options copied already
 * @param lease of its node
 * @param bootstrap where it meets the others
 * @param origin who spawned it, and its scope of names
 * @param launched whether each rank is a process of its own, in a cluster
 * @param ownsVertx whether closing the rank closes the {@code Vertx}
 */
record RankPlan(ProcessId id, Context context, MpiOptions options, NodeLease lease, Bootstrap bootstrap,
    Origin origin, boolean launched, boolean ownsVertx) {

  /** The same, for a rank whose end is the end of its {@code Vertx}. */
  RankPlan owningVertx() {
    return new RankPlan(id, context, options, lease, bootstrap, origin, launched, true);
  }
}
