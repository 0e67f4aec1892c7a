package dev.vertxmpi.runtime.job;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.bootstrap.Bootstrap;
import dev.vertxmpi.runtime.bootstrap.BusBootstrap;
import dev.vertxmpi.runtime.bootstrap.LauncherLine;
import dev.vertxmpi.runtime.bootstrap.LauncherRoster;
import dev.vertxmpi.runtime.cluster.Clusters;
import dev.vertxmpi.runtime.node.Nodes;
import dev.vertxmpi.runtime.vertx.CloseHooks;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.ClusterProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The rank that this process is for its launcher.
 *
 * <pre>
 *   a roster at the launcher    any Vertx; the cluster is joined on first use, or before all else where asked for
 *   none                        a Vertx in the job's cluster, on whose event bus the roster is
 * </pre>
 */
final class LaunchedRank {

  private final LaunchEnvironment environment;
  private final MpiOptions options;
  private final AtomicBoolean taken;
  private final Optional<LauncherLine> line;

  /** Calls the launcher, where that keeps a roster. */
  LaunchedRank(LaunchEnvironment environment, Map<String, String> variables, MpiOptions options, AtomicBoolean taken) {
    this.environment = environment;
    this.options = options;
    this.taken = taken;
    Optional<InetSocketAddress> roster = LaunchEnvironment.roster(variables);
    // A second rank of this process is refused, and needs no key that may be gone.
    this.line = taken.get() ? Optional.empty()
        : roster.map(address -> LauncherLine.open(address, environment::readKey, options.getInitTimeout()));
  }

  /** Builds the {@code Vertx} of a program that has none. */
  Future<Vertx> vertx() {
    if (environment.cluster().isEmpty() || (line.isPresent() && !needsClusterAtOnce())) {
      return Future.succeededFuture(Loops.plain());
    }
    return place().compose(place -> join(place, options.getHost(), Loops.polling(Vertx.builder()))).onFailure(never ->
        line.ifPresent(LauncherLine::close));
  }

  /** Where the event bus is asked for, or the best link to another process. Over TCP one can always talk on a host. */
  private boolean needsClusterAtOnce() {
    List<String> links = options.getLinks();
    int bus = links.indexOf("bus");
    int tcp = links.indexOf("tcp");
    return options.isClustered() || (bus >= 0 && (tcp < 0 || bus < tcp));
  }

  private Future<LauncherRoster.Place> place() {
    return environment.members().isEmpty() && line.isPresent() ? line.get().cluster()
        : Future.succeededFuture(new LauncherRoster.Place(environment.cluster().orElseThrow(),
            String.join(",", environment.members())));
  }

  private static Future<Vertx> join(LauncherRoster.Place place, String host, VertxBuilder builder) {
    List<String> members = place.member().isEmpty() ? List.of() : List.of(place.member().split(","));
    return ClusterProvider.get().join(place.name(), host, 0, members, builder).map(ClusterProvider.Clustered::vertx);
  }

  /** Begins the rank. */
  Future<Mpi> begin(Vertx vertx, boolean ownsVertx) {
    String who = "this process is rank " + environment.rank() + " of " + environment.size() + " of its launcher's job";
    if (line.isEmpty() && !taken.get() && !vertx.isClustered()) {
      return Future.failedFuture(new MpiException(ErrorClass.ARG, who
          + ", so its Vertx must be a member of the job's cluster: let Mpi.launch(options) build it"));
    }
    if (!taken.compareAndSet(false, true)) {
      line.ifPresent(LauncherLine::close);
      return Future.failedFuture(new MpiException(ErrorClass.OTHER, who
          + ", which was initialised before: a process can be that rank only once"));
    }
    MpiOptions own = new MpiOptions(options);
    line.ifPresent(open -> tie(open, vertx, own));
    Bootstrap bootstrap = line.map(open ->
            open.bootstrap(vertx, environment.size(), own.getInitTimeout()))
        .orElseGet(() -> new BusBootstrap(vertx, environment.size(), own.getInitTimeout()));
    ProcessId id = new ProcessId(environment.job(), environment.rank(), environment.incarnation());
    return vertx.executeBlocking(environment::readOrigin).compose(origin ->
        vertx.executeBlocking(environment::readKey).compose(key -> RankStart.begin(new RankPlan(id,
            vertx.getOrCreateContext(), own, new NodeLease(() -> Nodes.open(vertx, own, key, environment.job())),
            bootstrap, origin, true, ownsVertx)))).onFailure(never -> line.ifPresent(LauncherLine::close));
  }

  private void tie(LauncherLine open, Vertx vertx, MpiOptions own) {
    if (!vertx.isClustered()) {
      if (environment.cluster().isPresent()) {
        String host = own.getHost();
        Clusters.offer(vertx, this::place, place -> join(place, host, Vertx.builder()));
      }
      // Nobody would hear us there.
      List<String> links = new ArrayList<>(own.getLinks());
      if (links.size() > 1 && links.remove("bus")) {
        own.setLinks(links);
      }
    }
    CloseHooks.add(vertx, () -> {
      open.close();
      return Future.succeededFuture();
    });
  }
}
