package dev.vertxmpi.runtime.job;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.SpawnedJob;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Spawned ranks that are verticles of this JVM. */
final class SpawnedVerticles implements SpawnedJob {

  private final JvmJob job;
  private final Promise<Void> lost = Promise.promise();
  private final Promise<Void> deployed = Promise.promise();
  private final long closeMillis;

  private SpawnedVerticles(JvmJob job, long closeMillis) {
    this.job = job;
    this.closeMillis = closeMillis;
  }

  /** Deploys them, on a context of no deployment: they outlive the verticle that spawns them. */
  static SpawnedVerticles deploy(Vertx vertx, JobOptions options, List<SpawnOptions> byRank,
      IntFunction<Origin> origins) {
    SpawnedVerticles spawned = new SpawnedVerticles(new JvmJob(vertx, options, origins),
        options.getMpi().getCloseTimeout().toMillis());
    Loops.detached(vertx).runOnContext(now -> spawned.job.deploy(byRank).onComplete(outcome -> {
      spawned.deployed.complete();
      if (outcome.failed()) {
        spawned.lost.tryFail(spawned.lost(outcome.cause()));
      }
    }));
    return spawned;
  }

  private MpiException lost(Throwable cause) {
    List<Integer> ranks = job.culprits();
    return new MpiException(ErrorClass.SPAWN, (ranks.isEmpty() ? "a child" : "the children " + ranks)
        + " could not be started: " + cause.getMessage(), cause).ranks(ranks);
  }

  @Override
  public Future<Void> lost() {
    return lost.future();
  }

  @Override
  public void adopted() {
    // Nothing ties verticles to those who spawned them.
  }

  @Override
  public Future<Void> end() {
    job.abandon();
    // A verticle that never comes to the end of its start cannot be undeployed, and must not hold up the others.
    return deployed.future().timeout(closeMillis, TimeUnit.MILLISECONDS).eventually(job::close);
  }
}
