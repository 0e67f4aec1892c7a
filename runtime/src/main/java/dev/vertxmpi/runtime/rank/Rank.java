package dev.vertxmpi.runtime.rank;

import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * What everything of one rank shares. Small, because a JVM may hold thousands; tables are the node's.
 *
 * @param id who it is
 * @param node the JVM's part in the job
 * @param context of the user: where results arrive by default
 * @param domain where matching and collectives of this rank progress
 * @param options of the rank
 */
public record Rank(ProcessId id, Node node, Context context, ProgressDomain domain, MpiOptions options) {

  /**
   * The Vert.x instance.
   *
   * @return that of the context
   */
  public Vertx vertx() {
    return context.owner();
  }
}
