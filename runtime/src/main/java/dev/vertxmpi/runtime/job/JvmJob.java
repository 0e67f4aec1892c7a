package dev.vertxmpi.runtime.job;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.runtime.bootstrap.JvmBootstrap;
import dev.vertxmpi.runtime.node.Nodes;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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
  private final UUID id;
  private final IntFunction<Origin> origins;
  private final byte[] key = new byte[KEY_BYTES];
  private final JvmBootstrap bootstrap;
  private final NodeLease shared;
  private List<String> deploymentIds = List.of();
  private List<Integer> culprits = List.of();

  /** A job that nobody spawned. */
  JvmJob(Vertx vertx, JobOptions options) {
    this(vertx, options, UUID.randomUUID());
  }

  private JvmJob(Vertx vertx, JobOptions options, UUID id) {
    this(vertx, options, id, rank -> Origin.of(id.toString()));
  }

  /** A job with what is known of the origin of each rank. */
  JvmJob(Vertx vertx, JobOptions options, IntFunction<Origin> origins) {
    this(vertx, options, UUID.randomUUID(), origins);
  }

  private JvmJob(Vertx vertx, JobOptions options, UUID id, IntFunction<Origin> origins) {
    this.vertx = vertx;
    this.options = options;
    this.id = id;
    this.origins = origins;
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
        bootstrap, origins.apply(rank), false, false);
  }

  /** Deploys all ranks; where one fails, the others are undeployed and the first failure is that of the job. */
  Future<MpiJob> deploy(Supplier<? extends Deployable> verticles) {
    return deploy(Collections.nCopies(options.getRanks(),
        SpawnOptions.verticles(verticles).setThreading(options.getThreading())));
  }

  /** The same, with a program for each rank. */
  Future<MpiJob> deploy(List<SpawnOptions> programs) {
    List<RankVerticle> ranks = new ArrayList<>();
    try {
      for (int rank = 0; rank < programs.size(); rank++) {
        Deployable verticle = programs.get(rank).getVerticles().orElseThrow().get();
        if (verticle == null) {
          throw new MpiException(ErrorClass.ARG, "the supplier of verticles gave null for rank " + rank);
        }
        ranks.add(new RankVerticle(this, rank, verticle));
      }
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    RootCause failures = new RootCause();
    List<Future<String>> deployed = new ArrayList<>();
    for (int rank = 0; rank < programs.size(); rank++) {
      deployed.add(vertx.deployVerticle(ranks.get(rank),
          new DeploymentOptions().setThreadingModel(programs.get(rank).getThreading())).onFailure(failures::add));
    }
    return Future.join(deployed).transform(outcome -> {
      deploymentIds = deployed.stream().filter(Future::succeeded).map(Future::result).toList();
      if (outcome.succeeded()) {
        return Future.succeededFuture(this);
      }
      culprits = IntStream.range(0, deployed.size())
          .filter(rank -> failures.get().equals(deployed.get(rank).cause())).boxed().toList();
      return close().transform(undeployed -> Future.failedFuture(failures.get()));
    });
  }

  /** The ranks because of which {@link #deploy} has failed, not those that only followed. */
  List<Integer> culprits() {
    return culprits;
  }

  /** Ranks that wait for others wait no more. */
  void abandon() {
    bootstrap.abandon();
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
