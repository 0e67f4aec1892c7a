package dev.vertxmpi.examples.service;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One rank of the service. All replicas listen on the same HTTP port; Vert.x spreads the connections over them. */
public final class Replica extends VerticleBase {

  /** Tag of the message that asks the others to join a request. */
  private static final int JOIN = 1;

  private final int httpPort;
  private final Map<List<Integer>, Future<Intracommunicator>> teams = new HashMap<>();
  private final List<Integer> alive = new ArrayList<>();
  private Intracommunicator world;
  private Shard shard;
  private long requests;

  /**
   * A replica.
   *
   * @param httpPort the port that all replicas share
   */
  public Replica(int httpPort) {
    this.httpPort = httpPort;
  }

  @Override
  public Future<?> start() {
    return Mpi.init(vertx).compose(mpi -> {
      world = mpi.world();
      shard = Shard.of(mpi.rank());
      IntStream.range(0, mpi.size()).forEach(alive::add);
      joinRequestsOfOthers();
      return vertx.createHttpServer().requestHandler(this::handle).listen(httpPort, "127.0.0.1");
    });
  }

  private void joinRequestsOfOthers() {
    world.recv(JsonObject.class, Communicator.ANY_SOURCE, JOIN).onSuccess(received -> {
      joinRequestsOfOthers();
      JsonObject join = received.body();
      List<Integer> team = join.getJsonArray("team").stream().map(rank -> (Integer) rank).toList();
      total(team, join.getString("key"), join.getString("item"));
    });
  }

  private void handle(HttpServerRequest request) {
    String item = request.getParam("item", "");
    if (!Shard.ITEMS.contains(item)) {
      request.response().setStatusCode(400).end("item must be one of " + Shard.ITEMS + "\n");
      return;
    }
    ask(item).onSuccess(answer -> request.response().putHeader("Content-Type", "application/json")
            .end(answer.encode() + "\n"))
        .onFailure(failure -> request.response().setStatusCode(503).end(failure.getMessage() + "\n"));
  }

  /** Asks all replicas that are left; where one dies meanwhile, asks again without it. */
  private Future<JsonObject> ask(String item) {
    List<Integer> team = List.copyOf(alive);
    String key = world.rank() + "-" + requests++;
    JsonObject join = new JsonObject().put("key", key).put("item", item).put("team", new JsonArray(team));
    team.stream().filter(rank -> rank != world.rank()).forEach(rank -> world.send(join, rank, JOIN));
    return total(team, key, item)
        .map(total -> new JsonObject().put("item", item).put("total", total)
            .put("replicas", team.size()).put("partial", team.size() < world.size()))
        .recover(failure -> {
          boolean smaller = forget(team, MpiException.of(failure));
          return smaller ? ask(item) : Future.failedFuture(failure);
        });
  }

  /** Each of the team calls this with the same key, in whatever order requests reach it. */
  private Future<Double> total(List<Integer> team, String key, String item) {
    return team(team).compose(some -> some.keyed(key).allreduce(shard.amount(item), Op.SUM));
  }

  private Future<Intracommunicator> team(List<Integer> ranks) {
    return teams.computeIfAbsent(ranks, r -> {
      List<ProcessId> members = r.stream().map(world.group()::get).toList();
      return world.create(new Group(members), "replicas");
    });
  }

  private boolean forget(List<Integer> team, MpiException failure) {
    return failure.errorClass() == ErrorClass.PROC_FAILED
        && alive.removeAll(failure.ranks().stream().map(team::get).toList());
  }
}
