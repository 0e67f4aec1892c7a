package dev.vertxmpi.runtime.job;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.concurrent.Callable;

/** Puts a user's verticle on its seat before it starts. */
final class RankVerticle implements Deployable {

  private final JvmJob job;
  private final int rank;
  private final Deployable verticle;

  RankVerticle(JvmJob job, int rank, Deployable verticle) {
    this.job = job;
    this.rank = rank;
    this.verticle = verticle;
  }

  @Override
  public Future<?> deploy(Context context) {
    Seat.assign(context, () -> RankStart.begin(job.plan(rank, context)));
    return call(() -> verticle.deploy(context)).onFailure(failure -> job.ended(rank));
  }

  @Override
  public Future<?> undeploy(Context context) {
    job.ended(rank);
    return call(() -> verticle.undeploy(context));
  }

  private static Future<?> call(Callable<Future<?>> step) {
    try {
      Future<?> outcome = step.call();
      return outcome != null ? outcome : Future.succeededFuture();
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }
}
