package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.comm.IntracommunicatorImpl;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.node.Nodes;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * Ranks of one JVM, each with a node opened on its own event loop, as if it were alone there, and windows over them.
 */
final class WindowRanks implements AutoCloseable {

  private static final long PATIENCE = 60;

  private final Vertx vertx = Vertx.vertx();
  private final UUID job = UUID.randomUUID();
  private final List<Rank> ranks = new ArrayList<>();
  private final List<Intracommunicator> worlds = new ArrayList<>();

  WindowRanks(int size, String link) {
    MpiOptions options = new MpiOptions().setLinks(List.of(link));
    List<ProcessId> ids = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ids.add(new ProcessId(job, i, 0));
      Context context = context();
      Promise<Node> opened = Promise.promise();
      context.runOnContext(go -> Nodes.open(vertx, options, new byte[32], job).onComplete(opened));
      Node node = get(opened.future());
      ranks.add(new Rank(ids.get(i), node, context, Loops.of(context), options));
    }
    Group group = new Group(ids);
    for (Rank rank : ranks) {
      ranks.forEach(other -> rank.node().introduce(other.id(), other.node().address()));
      Members members = new Members(ContextId.ofJob(job), group, rank.id().rank());
      worlds.add(new IntracommunicatorImpl(rank, members, new CodecRegistry()));
    }
  }

  private Context context() {
    Promise<Context> promise = Promise.promise();
    vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        promise.complete(context);
        return Future.succeededFuture();
      }
    });
    return get(promise.future());
  }

  int size() {
    return ranks.size();
  }

  Rank rank(int of) {
    return ranks.get(of);
  }

  /** Windows for all ranks, in their order. */
  List<Window> windows(IntFunction<WindowOptions> options) {
    return await(creating(options));
  }

  /** Windows under way. */
  List<Future<Window>> creating(IntFunction<WindowOptions> options) {
    return onEach((rank, i) -> worlds.get(i).window(options.apply(i)));
  }

  /** Runs something on the context of each rank. */
  <T> List<Future<T>> onEach(BiFunction<Rank, Integer, Future<T>> body) {
    List<Future<T>> results = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      results.add(on(i, body));
    }
    return results;
  }

  <T> Future<T> on(int i, BiFunction<Rank, Integer, Future<T>> body) {
    Promise<T> promise = Promise.promise();
    ranks.get(i).context().runOnContext(go -> Future.succeededFuture()
        .compose(ready -> body.apply(ranks.get(i), i)).onComplete(promise));
    return promise.future();
  }

  /** Runs something on the window of each rank, and waits for all. */
  <T> List<T> run(List<Window> windows, BiFunction<Window, Integer, Future<T>> body) {
    return await(onEach((rank, i) -> body.apply(windows.get(i), i)));
  }

  /** The result, when it is there. */
  static <T> T get(Future<T> future) {
    try {
      return future.await(PATIENCE, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("a Future has not settled", e);
    }
  }

  /** The failure of a call. */
  static MpiException failure(Future<?> future) {
    return failures(List.of(future)).getFirst();
  }

  /** The results, when all are there. */
  static <T> List<T> await(List<Future<T>> futures) {
    get(Future.join(futures).transform(joined -> Future.succeededFuture()));
    return futures.stream().map(WindowRanks::get).toList();
  }

  /** The failures, when all have failed. */
  static List<MpiException> failures(List<? extends Future<?>> futures) {
    get(Future.join(futures).transform(joined -> Future.succeededFuture()));
    return futures.stream().map(future -> (MpiException) future.cause()).toList();
  }

  /** Ends a rank as its verticle's undeployment does. */
  void leave(int i) {
    Rank rank = ranks.get(i);
    get(rank.node().leave(rank.id()));
  }

  @Override
  public void close() {
    get(Future.join(ranks.stream().map(rank -> rank.node().close()).toList()).eventually(vertx::close));
  }
}
