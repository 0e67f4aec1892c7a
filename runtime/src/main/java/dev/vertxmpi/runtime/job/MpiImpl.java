package dev.vertxmpi.runtime.job;

import dev.vertxmpi.Codecs;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.ProgressCounters;
import dev.vertxmpi.Root;
import dev.vertxmpi.Traffic;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.runtime.bootstrap.DeathWatch;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.comm.IntercommunicatorImpl;
import dev.vertxmpi.runtime.comm.IntracommunicatorImpl;
import dev.vertxmpi.runtime.names.NameScopes;
import dev.vertxmpi.runtime.node.Departure;
import dev.vertxmpi.runtime.port.Ports;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.sets.ProcessSets;
import dev.vertxmpi.runtime.vertx.CloseHooks;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.JvmOwner;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A rank that is a member of its job. */
final class MpiImpl implements Mpi {

  private final RankPlan plan;
  private final Rank rank;
  private final CodecRegistry codecs = new CodecRegistry();
  private final Intracommunicator world;
  private final Intracommunicator self;
  private final Ports ports;
  private final ProcessSets sets;
  private final Optional<DeathWatch> watch;
  private final Runnable removeHook;
  private final Runnable stopPolling;
  private final Runnable stopWatching;
  private final Promise<Void> over;
  private volatile IntercommunicatorImpl parent;
  private Future<Void> ending;

  MpiImpl(RankPlan plan, Rank rank, Group group, Optional<DeathWatch> watch) {
    this.plan = plan;
    this.rank = rank;
    this.watch = watch;
    ContextId context = ContextId.ofJob(plan.id().job());
    int number = plan.id().rank();
    world = new IntracommunicatorImpl(rank, new Members(context, group, number), codecs);
    self = new IntracommunicatorImpl(rank,
        new Members(context.derive("self", number), new Group(List.of(plan.id())), 0), codecs);
    MpiOptions options = plan.options();
    ports = new Ports(rank, new NameScopes(rank.vertx(), plan.origin().localScope(), options.getNameServers(),
        options::getPublishingKey));
    sets = new ProcessSets(rank, codecs);
    stopPolling = rank.node().progressOn(Loops.home(rank.context()));
    over = Loops.promise(rank.context());
    removeHook = CloseHooks.add(rank.context(), this::end);
    stopWatching = rank.node().watch(rank.id(), gone -> rank.node().verdict().ifPresent(this::declaredDead));
  }

  /** The node has ended everything that needs it; here ends the rest. */
  private void declaredDead(MpiException why) {
    end().onComplete(done -> {
      if (plan.launched()) {
        JvmOwner.fatal(why);
      }
    });
  }

  /** Where this rank was spawned, it begins only when it has connected to those who did. */
  Future<Mpi> meetParent() {
    Port port = plan.origin().parent().orElse(null);
    if (port == null) {
      return Future.succeededFuture(this);
    }
    return world.connect(port, new ConnectOptions().setTimeout(plan.options().getInitTimeout()), Root.rank(0))
        .<Mpi>map(made -> {
          parent = (IntercommunicatorImpl) made;
          if (plan.launched()) {
            rank.node().watch(port.owner(), this::parentGone);
          }
          return this;
        })
        .recover(failure -> end().transform(ended -> Future.failedFuture(failure)));
  }

  /** A process that nobody else may be there to end. */
  private void parentGone(Departure departure) {
    if (!departure.inOrder() && parent().isPresent()) {
      JvmOwner.fatal(new MpiException(ErrorClass.PROC_FAILED, "the process that spawned it is gone: "
          + departure.cause()));
    }
  }

  @Override
  public Optional<Intercommunicator> parent() {
    return Optional.<Intercommunicator>ofNullable(parent).filter(made -> !parent.isShut());
  }

  @Override
  public OptionalInt appNumber() {
    return plan.origin().appNumber();
  }

  @Override
  public OptionalInt universeSize() {
    return LaunchEnvironment.universeSize(System.getenv());
  }

  @Override
  public Intracommunicator world() {
    return world;
  }

  @Override
  public Intracommunicator self() {
    return self;
  }

  @Override
  public ProcessId processId() {
    return rank.id();
  }

  @Override
  public Vertx vertx() {
    return rank.vertx();
  }

  @Override
  public Codecs codecs() {
    return codecs;
  }

  @Override
  public Traffic traffic() {
    return rank.node().traffic();
  }

  @Override
  public ProgressCounters progress() {
    return Loops.counters(rank.context());
  }

  @Override
  public Future<Port> openPort(PortOptions options) {
    return ports.openPort(options);
  }

  @Override
  public Future<Void> closePort(Port port) {
    return ports.closePort(port);
  }

  @Override
  public Future<Intercommunicator> join(NetSocket socket, ConnectOptions options) {
    return ports.join(self, socket, options);
  }

  @Override
  public Future<Void> publish(String service, Port port, NameOptions options) {
    return ports.publish(service, port, options);
  }

  @Override
  public Future<Void> unpublish(String service, NameOptions options) {
    return ports.unpublish(service, options);
  }

  @Override
  public Future<Port> lookup(String service, LookupOptions options) {
    return ports.lookup(service, options);
  }

  @Override
  public Future<ProcessSet> processSet(String uri) {
    return sets.processSet(uri);
  }

  @Override
  public ReadStream<NameEvent> names(Scope scope) {
    return ports.names(scope);
  }

  @Override
  public Future<Void> close() {
    removeHook.run();
    if (plan.ownsVertx()) {
      // No context of that Vertx is left to settle on, so nothing here may be derived from a Future of one. Its close
      // hook calls end() only, or it would wait for itself.
      Promise<Void> closed = Promise.promise();
      end().onComplete(done -> rank.vertx().close().onComplete(closed));
      return closed.future();
    }
    Promise<Void> promise = Loops.promise(Loops.caller(rank.context()));
    end().onComplete(promise);
    return promise.future();
  }

  @Override
  public Future<Void> ended() {
    return over.future();
  }

  /** Ends the rank once. Always succeeds, and within the close deadline. */
  private synchronized Future<Void> end() {
    if (ending == null) {
      long whole = plan.options().getCloseTimeout().toNanos();
      long deadline = System.nanoTime() + whole;
      stopPolling.run();
      Optional<MpiException> verdict = rank.node().verdict();
      ending = bounded(whole / 4,
          watch.map(DeathWatch::stop).orElse(Future.succeededFuture())
              .eventually(() -> sets.close(verdict.orElseGet(
                  () -> new MpiException(ErrorClass.COMM, "this rank has been closed"))))
              .eventually(() -> verdict.isPresent() ? ports.close(verdict.get()) : ports.close()))
          .compose(quiet -> bounded(deadline - whole / 8 - System.nanoTime(),
              rank.node().leave(rank.id(), plan.bootstrap().farewells()).compose(left -> settled())))
          .compose(told -> bounded(deadline - System.nanoTime(), plan.lease().release()))
          .onComplete(done -> {
            stopWatching.run();
            verdict.ifPresentOrElse(over::tryFail, over::tryComplete);
          });
    }
    return ending;
  }

  /** What the departure has set off in the domain is done: nothing there holds on to the rank any more. */
  private Future<Void> settled() {
    Promise<Void> promise = Promise.promise();
    rank.domain().executeLast(() -> rank.domain().defer(promise::complete));
    return promise.future();
  }

  /** A step that is given its part of the time and cannot stop the others. */
  private static Future<Void> bounded(long nanos, Future<Void> step) {
    return step.timeout(Math.max(1, nanos / 1_000_000), TimeUnit.MILLISECONDS)
        .transform(outcome -> Future.succeededFuture());
  }
}
