package dev.vertxmpi.runtime.job;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.bootstrap.JvmBootstrap;
import dev.vertxmpi.runtime.node.Nodes;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Ranks that are verticles of one {@code Vertx}.
 *
 * <p>They share a node, unless {@code local} is not among their links: then each has its own, so that the other links
 * are really used.
 */
final class JvmJob implements MpiJob {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 32;

  private final Vertx vertx;
  private final JobOptions options;
  private final UUID id = UUID.randomUUID();
  private final byte[] key = new byte[KEY_BYTES];
  private final JvmBootstrap bootstrap;
  private final NodeLease shared;
  private List<String> deploymentIds = List.of();

  JvmJob(Vertx vertx, JobOptions options) {
    this.vertx = vertx;
    this.options = options;
    RANDOM.nextBytes(key);
    this.bootstrap = new JvmBootstrap(vertx, id, options.getRanks(), options.getMpi().getInitTimeout());
    this.shared = options.getMpi().getLinks().contains("local") ? lease() : null;
  }

  private NodeLease lease() {
    return new NodeLease(() -> Nodes.open(vertx, options.getMpi(), key, id));
  }

  /** The plan of a rank on its context. */
  RankPlan plan(int rank, Context context) {
    return new RankPlan(new ProcessId(id, rank, 0), context, options.getMpi(), shared != null ? shared : lease(),
        bootstrap, id.toString(), false, false);
  }

  /** Deploys all ranks; where one fails, the others are undeployed and the first failure is that of the job. */
  Future<MpiJob> deploy(Supplier<? extends Deployable> verticles) {
    List<RankVerticle> ranks = new ArrayList<>();
    try {
      for (int rank = 0; rank < options.getRanks(); rank++) {
        Deployable verticle = verticles.get();
        if (verticle == null) {
          throw new MpiException(ErrorClass.ARG, "the supplier of verticles gave null for rank " + rank);
        }
        ranks.add(new RankVerticle(this, rank, verticle));
      }
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    DeploymentOptions deployment = new DeploymentOptions().setThreadingModel(options.getThreading());
    RootCause failures = new RootCause();
    List<Future<String>> deployed = new ArrayList<>();
    for (RankVerticle rank : ranks) {
      deployed.add(vertx.deployVerticle(rank, deployment).onFailure(failures::add));
    }
    return Future.join(deployed).transform(outcome -> {
      deploymentIds = deployed.stream().filter(Future::succeeded).map(Future::result).toList();
      return outcome.succeeded() ? Future.succeededFuture(this)
          : close().transform(undeployed -> Future.failedFuture(failures.get()));
    });
  }

  /** A rank ends, or never began. */
  void ended(int rank) {
    bootstrap.ended(rank);
  }

  @Override
  public List<String> deploymentIds() {
    return deploymentIds;
  }

  @Override
  public Future<Void> close() {
    return Future.join(deploymentIds.stream().filter(vertx.deploymentIDs()::contains)
        .map(deployed -> vertx.undeploy(deployed).transform(outcome -> Future.<Void>succeededFuture()))
        .toList()).mapEmpty();
  }
}
