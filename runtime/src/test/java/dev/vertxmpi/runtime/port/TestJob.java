package dev.vertxmpi.runtime.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.AcceptOptions;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.call.Calls;
import dev.vertxmpi.runtime.names.NameScopes;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.node.Nodes;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Ranks of one job, each on a node of its own or all on one, with as much of a communicator as connections need. */
final class TestJob {

  final UUID job = UUID.randomUUID();
  final List<Node> nodes = new ArrayList<>();
  final List<Rank> ranks = new ArrayList<>();
  final List<Ports> ports = new ArrayList<>();
  final List<Calls> calls = new ArrayList<>();
  /** Connections that exist, minus those ended. */
  final AtomicInteger joined = new AtomicInteger();
  private final Vertx vertx;
  private final Group group;
  private final List<List<Promise<List<JsonObject>>>> meetings = new CopyOnWriteArrayList<>();
  private final List<JsonObject[]> said = new CopyOnWriteArrayList<>();
  private final AtomicInteger[] turns;
  private final Meetings[] meetingCounts;

  TestJob(Vertx vertx, int size, boolean oneNode, MpiOptions options) {
    this.vertx = vertx;
    this.group = new Group(IntStream.range(0, size).mapToObj(rank -> new ProcessId(job, rank, 0)).toList());
    this.turns = new AtomicInteger[size];
    this.meetingCounts = new Meetings[size];
    byte[] key = new byte[32];
    for (int i = 0; i < (oneNode ? 1 : size); i++) {
      nodes.add(get(Nodes.open(vertx, options, key, job)));
    }
    for (int i = 0; i < size; i++) {
      for (Node node : nodes) {
        node.introduce(group.get(i), node(i).address());
      }
      turns[i] = new AtomicInteger();
      meetingCounts[i] = new Meetings();
      Context context = vertx.getOrCreateContext();
      Rank rank = new Rank(group.get(i), node(i), context, Loops.of(context), options);
      ranks.add(rank);
      ports.add(new Ports(rank, new NameScopes(vertx, job.toString(), options.getNameServers())));
      calls.add(new Calls(rank.domain(), context));
    }
  }

  Node node(int rank) {
    return nodes.get(nodes.size() == 1 ? 0 : rank);
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the future does not succeed", e);
    }
  }

  /** Waits until it has succeeded or failed. */
  static void settled(Future<?> future) {
    CountDownLatch latch = new CountDownLatch(1);
    future.onComplete(outcome -> latch.countDown());
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS), "the future does not settle");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The error, which must be of that class. */
  static MpiException fails(ErrorClass expected, Future<?> future) {
    settled(future);
    assertTrue(future.failed(), "the call must fail");
    MpiException failure = assertInstanceOf(MpiException.class, future.cause());
    assertEquals(expected, failure.errorClass(), failure::getMessage);
    return failure;
  }

  private Connections connections(int rank, CallOptions options) {
    Members members = new Members(ContextId.ofJob(job), group, rank);
    return new Connections(ranks.get(rank), calls.get(rank), comm(rank), members, this::join, meetingCounts[rank]);
  }

  private Intercommunicator join(Members local, Group remote, boolean server, Runnable onEnd) {
    joined.incrementAndGet();
    return (Intercommunicator) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[] {Intercommunicator.class}, (proxy, method, args) -> switch (method.getName()) {
          case "remoteGroup" -> remote;
          case "rank" -> local.rank();
          case "toString" -> "context=" + local.context() + " server=" + server;
          case "disconnect" -> {
            joined.decrementAndGet();
            onEnd.run();
            yield Future.succeededFuture();
          }
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  private Intracommunicator comm(int rank) {
    return (Intracommunicator) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[] {Intracommunicator.class}, (proxy, method, args) -> switch (method.getName()) {
          case "with" -> proxy;
          case "allgather" -> allgather(rank, (JsonObject) args[0]);
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  private synchronized Future<List<JsonObject>> allgather(int rank, JsonObject value) {
    int turn = turns[rank].getAndIncrement();
    if (turn == meetings.size()) {
      meetings.add(IntStream.range(0, group.size()).mapToObj(i -> Promise.<List<JsonObject>>promise()).toList());
      said.add(new JsonObject[group.size()]);
    }
    said.get(turn)[rank] = value;
    List<JsonObject> all = new ArrayList<>();
    for (JsonObject one : said.get(turn)) {
      if (one != null) {
        all.add(one.copy());
      }
    }
    if (all.size() == group.size()) {
      meetings.get(turn).forEach(promise -> promise.complete(all));
    }
    return meetings.get(turn).get(rank).future();
  }

  Future<Intercommunicator> accept(int rank, Port port, int root, CallOptions options) {
    return accept(rank, port, new AcceptOptions(), root, options);
  }

  Future<Intercommunicator> accept(int rank, Port port, AcceptOptions accept, int root, CallOptions options) {
    return connections(rank, options).accept(port, accept, Root.rank(root), options);
  }

  Future<Intercommunicator> connect(int rank, Port port, ConnectOptions connect, int root, CallOptions options) {
    return connections(rank, options).connect(port, connect, Root.rank(root), options);
  }

  /** All ranks accept at a port of rank 0. */
  List<Future<Intercommunicator>> accept(Port port) {
    return all(rank -> accept(rank, rank == 0 ? port : null, 0, new CallOptions()));
  }

  /** All ranks connect, with rank 0 as root. */
  List<Future<Intercommunicator>> connect(Port port) {
    return all(rank -> connect(rank, rank == 0 ? port : null, new ConnectOptions(), 0, new CallOptions()));
  }

  List<Future<Intercommunicator>> all(Function<Integer, Future<Intercommunicator>> call) {
    return IntStream.range(0, group.size()).mapToObj(call::apply).toList();
  }

  /** Connects that wait at a port of rank 0. */
  int queued(Port port) {
    return clients(ranks.getFirst(), port).size();
  }

  /** The clients that wait at a port of a rank, oldest first. */
  static List<ProcessId> clients(Rank rank, Port port) {
    OpenPort open = Door.find(rank.node(), port.id());
    Promise<List<ProcessId>> clients = Promise.promise();
    rank.domain().execute(() -> clients.complete(open.clients()));
    return get(clients.future());
  }

  /** Ends all ranks and nodes. */
  void close() {
    ports.forEach(one -> get(one.close()));
    for (int i = 0; i < ranks.size(); i++) {
      get(node(i).leave(group.get(i)));
    }
    nodes.forEach(node -> get(node.close()));
  }

  Vertx vertx() {
    return vertx;
  }
}
