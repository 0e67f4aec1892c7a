package dev.vertxmpi.runtime.job;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.runtime.bootstrap.DeathWatch;
import dev.vertxmpi.runtime.bootstrap.Grapevine;
import dev.vertxmpi.runtime.bootstrap.Places;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;

/** Begins a rank: node, roster, world. */
final class RankStart {

  private RankStart() {
  }

  /** Runs on the context of the plan, from wherever it is called; the result arrives there too. */
  static Future<Mpi> begin(RankPlan plan) {
    Promise<Mpi> promise = Loops.promise(plan.context());
    plan.context().runOnContext(now -> node(plan)
        .compose(node -> plan.bootstrap().join(plan.id(), node.address())
            .compose(places -> open(plan, node, places)))
        .recover(failure -> plan.lease().release().transform(released -> Future.failedFuture(failure)))
        .compose(MpiImpl::meetParent)
        .onComplete(promise));
    return promise.future();
  }

  /** Other ranks wait for the same node, and each goes on with its own context. */
  private static Future<Node> node(RankPlan plan) {
    Promise<Node> promise = Loops.promise(plan.context());
    plan.lease().acquire().onComplete(promise);
    return promise.future();
  }

  private static Future<MpiImpl> open(RankPlan plan, Node node, Places places) {
    plan.lease().introduce(places);
    plan.bootstrap().farewells().ifPresent(farewells -> farewells.hear(node::hear));
    Rank rank = new Rank(plan.id(), node, plan.context(), Loops.of(plan.context()), plan.options(),
        new ChildSpawner(plan));
    Future<Optional<DeathWatch>> watch = plan.launched() && places.group().size() > 1
        ? DeathWatch.begin(rank.vertx(), plan.bootstrap().grapevine()
            .orElseGet(() -> Grapevine.over(rank.vertx(), plan.id().job())), node, places.group(), plan.id().rank())
            .map(Optional::of)
        : Future.succeededFuture(Optional.empty());
    if (!plan.bootstrap().sharesEventBus()) {
      places.group().members().stream().filter(member -> !member.equals(plan.id())).forEach(node::attend);
    }
    return watch.map(begun -> new MpiImpl(plan, rank, places.group(), begun));
  }
}
