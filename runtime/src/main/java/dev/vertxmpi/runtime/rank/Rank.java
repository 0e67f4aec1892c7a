package dev.vertxmpi.runtime.rank;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * What everything of one rank shares. Small, because a JVM may hold thousands; tables are the node's.
 *
 * @param id who it is
 * @param node the JVM's part in the job
 * @param context of the user: where results arrive by default
 * @param domain where matching and collectives of this rank progress
 * @param options of the rank
 * @param spawner starts ranks of other jobs
 */
public record Rank(ProcessId id, Node node, Context context, ProgressDomain domain, MpiOptions options,
    Spawner spawner) {

  /**
   * A rank that cannot spawn others.
   *
   * @param id who it is
   * @param node the JVM's part in the job
   * @param context of the user
   * @param domain where it progresses
   * @param options of the rank
   */
  public Rank(ProcessId id, Node node, Context context, ProgressDomain domain, MpiOptions options) {
    this(id, node, context, domain, options, (programs, parent) -> Future.failedFuture(
        new MpiException(ErrorClass.SPAWN, "this rank cannot spawn")));
  }

  /**
   * The Vert.x instance.
   *
   * @return that of the context
   */
  public Vertx vertx() {
    return context.owner();
  }

  /**
   * Runs a step in the domain before a Future goes on.
   *
   * @param <T> type of the result
   * @param step what it throws fails the Future
   * @return settles as that of the step
   */
  public <T> Future<T> inDomain(Supplier<Future<T>> step) {
    Promise<T> promise = Promise.promise();
    domain.execute(() -> {
      try {
        step.get().onComplete(promise);
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }
}
