package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.node.Departure;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.node.Nodes;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A world of ranks in this JVM, each with a context and mostly a node of its own, without anything above communicators.
 */
public final class Ranks implements AutoCloseable {

  private final Vertx vertx;
  private final UUID job = UUID.randomUUID();
  private final List<Node> nodes = new ArrayList<>();
  /** By rank, which of the nodes it lives at. */
  private final int[] homes;
  private final List<Rank> ranks = new ArrayList<>();
  private final List<Intracommunicator> worlds = new ArrayList<>();

  /** Ranks on event loops that reach each other by one sort of link. */
  public Ranks(int size, String link) {
    this(size, link, Vertx.vertx(), ThreadingModel.EVENT_LOOP);
  }

  /** Ranks on a number of event loops. */
  public Ranks(int size, String link, int loops) {
    this(size, link, Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops)), ThreadingModel.EVENT_LOOP);
  }

  /** Ranks on any threads. */
  public Ranks(int size, String link, ThreadingModel threading) {
    this(size, link, Vertx.vertx(), threading);
  }

  /** Ranks on event loops that poll, on any threads. */
  public static Ranks polling(int size, String link, ThreadingModel threading) {
    Ranks ranks = new Ranks(size, link, Loops.polling(Vertx.builder()).build(), threading);
    ranks.ranks.forEach(rank -> rank.node().progressOn(Loops.home(rank.context())));
    return ranks;
  }

  /** Ranks of which some share a node, so that one link leads to them: for each rank, which node. */
  public static Ranks sharing(String link, int... homes) {
    return new Ranks(homes, link, Vertx.vertx(), ThreadingModel.EVENT_LOOP);
  }

  private Ranks(int size, String link, Vertx vertx, ThreadingModel threading) {
    this(IntStream.range(0, size).toArray(), link, vertx, threading);
  }

  private Ranks(int[] homes, String link, Vertx vertx, ThreadingModel threading) {
    int size = homes.length;
    this.homes = homes.clone();
    this.vertx = vertx;
    MpiOptions options = new MpiOptions().setLinks(List.of(link));
    List<ProcessId> ids = IntStream.range(0, size).mapToObj(rank -> new ProcessId(job, rank, 0)).toList();
    for (int i = 0; i <= IntStream.of(homes).max().orElseThrow(); i++) {
      nodes.add(Nodes.open(vertx, options, new byte[32], job).await());
    }
    Group group = new Group(ids);
    for (int i = 0; i < size; i++) {
      for (Node node : nodes) {
        node.introduce(ids.get(i), home(i).address());
      }
    }
    for (int i = 0; i < size; i++) {
      Context context = context(threading);
      ranks.add(new Rank(ids.get(i), home(i), context, Loops.of(context), options));
    }
    for (int i = 0; i < size; i++) {
      Members members = new Members(ContextId.ofJob(job), group, i);
      worlds.add(new IntracommunicatorImpl(ranks.get(i), members, new CodecRegistry()));
    }
  }

  private Node home(int rank) {
    return nodes.get(homes[rank]);
  }

  private Context context(ThreadingModel threading) {
    Promise<Context> promise = Promise.promise();
    vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        promise.complete(context);
        return Future.succeededFuture();
      }
    }, new DeploymentOptions().setThreadingModel(threading)).await();
    return promise.future().await();
  }

  public int size() {
    return worlds.size();
  }

  public Intracommunicator world(int rank) {
    return worlds.get(rank);
  }

  public Rank rank(int rank) {
    return ranks.get(rank);
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Runs something on the context of a rank. */
  public <T> Future<T> on(int rank, Function<Intracommunicator, Future<T>> body) {
    Promise<T> promise = Promise.promise();
    ranks.get(rank).context().runOnContext(go -> {
      Future<T> future;
      try {
        future = body.apply(worlds.get(rank));
      } catch (RuntimeException e) {
        future = Future.failedFuture(e);
      }
      future.onComplete(promise);
    });
    return promise.future();
  }

  /** Runs something at every rank. */
  public <T> List<Future<T>> start(Function<Intracommunicator, Future<T>> body) {
    return IntStream.range(0, size()).mapToObj(rank -> on(rank, body)).toList();
  }

  /** Runs something at every rank and waits for the results. */
  public <T> List<T> run(Function<Intracommunicator, Future<T>> body) {
    return Waiting.all(start(body));
  }

  /** Blocks the thread of a handler. */
  public static void block(CountDownLatch until) {
    try {
      until.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a thread to end. */
  public static boolean joined(Thread thread) {
    try {
      return thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** A rank dies, and everybody hears of it. */
  public void kill(int rank) {
    home(rank).close().await();
    for (Node node : nodes) {
      node.depart(new Departure(ranks.get(rank).id(), "the test killed it"));
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < size(); i++) {
      home(i).leave(ranks.get(i).id());
    }
    nodes.forEach(node -> node.close().await());
    vertx.close().await();
  }
}
