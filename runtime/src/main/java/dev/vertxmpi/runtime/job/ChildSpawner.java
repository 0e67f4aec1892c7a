package dev.vertxmpi.runtime.job;

import dev.vertxmpi.JobOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.runtime.bootstrap.LauncherRoster;
import dev.vertxmpi.runtime.cluster.Clusters;
import dev.vertxmpi.runtime.rank.Spawner;
import dev.vertxmpi.spi.SpawnProvider;
import dev.vertxmpi.spi.SpawnedJob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Starts verticles in this JVM, or processes by whoever provides that. */
final class ChildSpawner implements Spawner {

  private final RankPlan plan;

  ChildSpawner(RankPlan plan) {
    this.plan = plan;
  }

  @Override
  public Future<SpawnedJob> start(List<SpawnOptions> programs, Port parent) {
    return programs.getFirst().getVerticles().isPresent()
        ? Future.succeededFuture(verticles(programs, parent))
        : processes(programs, parent);
  }

  private SpawnedJob verticles(List<SpawnOptions> programs, Port parent) {
    List<SpawnOptions> byRank = new ArrayList<>();
    List<Origin> origins = new ArrayList<>();
    for (int program = 0; program < programs.size(); program++) {
      SpawnOptions options = programs.get(program);
      for (int i = options.count().orElseThrow(); i > 0; i--) {
        byRank.add(options);
        origins.add(plan.origin().ofChild(program, parent));
      }
    }
    JobOptions options = new JobOptions().setRanks(byRank.size()).setMpi(plan.options());
    return SpawnedVerticles.deploy(plan.context().owner(), options, byRank, origins::get);
  }

  private Future<SpawnedJob> processes(List<SpawnOptions> programs, Port parent) {
    Vertx vertx = plan.context().owner();
    Origin origin = plan.origin();
    // The children share our names, so the cluster must be there for them to come, also when we have gone.
    Future<LauncherRoster.Place> cluster = Clusters.place(vertx).orElseGet(() ->
        Future.succeededFuture(new LauncherRoster.Place(origin.cluster(), String.join(",", origin.members()))));
    return cluster.compose(place -> vertx.executeBlocking(() -> SpawnProvider.get().start(
        new SpawnProvider.Request(programs, parent, origin.localScope(), place.name(), members(place),
            plan.options().getInitTimeout())), false));
  }

  private static List<String> members(LauncherRoster.Place place) {
    return place.member().isEmpty() ? List.of() : List.of(place.member().split(","));
  }
}
