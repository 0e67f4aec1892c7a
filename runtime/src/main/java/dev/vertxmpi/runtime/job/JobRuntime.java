package dev.vertxmpi.runtime.job;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.bootstrap.RendezvousBootstrap;
import dev.vertxmpi.runtime.foreign.ForeignRank;
import dev.vertxmpi.runtime.foreign.JobKey;
import dev.vertxmpi.runtime.foreign.OwnAddress;
import dev.vertxmpi.runtime.node.Nodes;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.RuntimeProvider;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/** Begins jobs and ranks. */
public final class JobRuntime implements RuntimeProvider {

  /** A process is one rank of its launcher's job, once. */
  private static final AtomicBoolean LAUNCHED = new AtomicBoolean();

  private final Map<String, String> variables;
  private final AtomicBoolean launched;

  /** For {@link java.util.ServiceLoader}. */
  public JobRuntime() {
    this(System.getenv(), LAUNCHED);
  }

  JobRuntime(Map<String, String> variables, AtomicBoolean launched) {
    this.variables = variables;
    this.launched = launched;
  }

  @Override
  public Future<Mpi> init(Vertx vertx, MpiOptions options) {
    return init(vertx, new MpiOptions(options), false);
  }

  /** In a deployed rank, the options of its job count. */
  private Future<Mpi> init(Vertx vertx, MpiOptions options, boolean ownsVertx) {
    Optional<Seat> seat = Seat.current(vertx);
    if (seat.isPresent()) {
      return seat.get().take();
    }
    try {
      Optional<LaunchEnvironment> environment = LaunchEnvironment.of(variables);
      if (environment.isPresent()) {
        return new LaunchedRank(environment.get(), variables, options, launched).begin(vertx, ownsVertx);
      }
      Optional<ForeignRank> foreign = ForeignRank.of(variables);
      return foreign.isPresent() ? initForeign(vertx, options, foreign.get(), ownsVertx)
          : initAlone(vertx, options, ownsVertx);
    } catch (MpiException e) {
      return Future.failedFuture(e);
    }
  }

  /** A world of one. */
  private static Future<Mpi> initAlone(Vertx vertx, MpiOptions options, boolean ownsVertx) {
    JvmJob job = new JvmJob(vertx, new JobOptions().setMpi(options));
    RankPlan plan = job.plan(0, vertx.getOrCreateContext());
    return RankStart.begin(ownsVertx ? plan.owningVertx() : plan);
  }

  /** A rank of a job that {@code srun}, Kubernetes or another MPI's {@code mpirun} has started. */
  private Future<Mpi> initForeign(Vertx vertx, MpiOptions options, ForeignRank foreign, boolean ownsVertx) {
    byte[] key = JobKey.of(foreign, variables.get("VERTX_MPI_KEY"));
    if (!launched.compareAndSet(false, true)) {
      return Future.failedFuture(new MpiException(ErrorClass.OTHER, "this process is rank " + foreign.rank() + " of "
          + foreign.size() + " of a job of " + foreign.launcher() + ", which was initialised before: a process can be"
          + " that rank only once"));
    }
    UUID job = foreign.job();
    return OwnAddress.towards(vertx, foreign.root(), options.getInitTimeout()).compose(own -> {
      // Who has set another address knows better.
      MpiOptions reachable = options.getHost().equals(MpiOptions.DEFAULT_HOST) ? options.setHost(own) : options;
      return RankStart.begin(new RankPlan(new ProcessId(job, foreign.rank(), 0), vertx.getOrCreateContext(), reachable,
          new NodeLease(() -> Nodes.open(vertx, reachable, key, job)),
          new RendezvousBootstrap(vertx, new RendezvousBootstrap.Place(foreign.root(), foreign.port(),
              foreign.size(), key), options.getInitTimeout()),
          new Origin(job.toString(), foreign.appNumber(), Optional.empty(), "", List.of()), false, ownsVertx));
    });
  }

  @Override
  public Future<Mpi> launch(MpiOptions options) {
    MpiOptions copy = new MpiOptions(options);
    try {
      Optional<LaunchedRank> rank = LaunchEnvironment.of(variables)
          .map(environment -> new LaunchedRank(environment, variables, copy, launched));
      return rank.map(LaunchedRank::vertx).orElseGet(() -> Future.succeededFuture(Loops.plain()))
          .compose(vertx -> closeOnFailure(vertx, rank.isPresent() ? rank.get().begin(vertx, true)
              : init(vertx, copy, true)));
    } catch (MpiException e) {
      return Future.failedFuture(e);
    }
  }

  /** Where it fails, no context of the {@code Vertx} is left to settle on. */
  private static Future<Mpi> closeOnFailure(Vertx vertx, Future<Mpi> rank) {
    Promise<Mpi> promise = Promise.promise();
    rank.onComplete(promise::complete,
        failure -> vertx.close().onComplete(closed -> promise.fail(failure)));
    return promise.future();
  }

  @Override
  public Future<MpiJob> deploy(Vertx vertx, JobOptions options, Supplier<? extends Deployable> verticles) {
    return new JvmJob(vertx, new JobOptions(options)).deploy(verticles);
  }

  @Override
  public <T> Future<List<T>> run(Vertx vertx, JobOptions options, Function<Mpi, Future<T>> body) {
    JobOptions copy = new JobOptions(options);
    return new JobRun<>(new JvmJob(vertx, copy), body, copy.getMpi().getCloseTimeout().toMillis()).begin();
  }
}
