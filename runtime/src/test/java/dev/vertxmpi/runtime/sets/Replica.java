package dev.vertxmpi.runtime.sets;

import static dev.vertxmpi.runtime.comm.Waiting.await;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.process.SetChange;
import dev.vertxmpi.process.SetSnapshot;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A verticle that is a world of one and a member of a set. */
final class Replica extends VerticleBase {

  private final String uri;
  private final MpiOptions options;
  /** What it was told, in order. */
  final List<SetChange> changes = new CopyOnWriteArrayList<>();
  Mpi mpi;
  ProcessSet set;
  private String deployment;

  private Replica(String uri, MpiOptions options) {
    this.uri = uri;
    this.options = options;
  }

  static MpiOptions options() {
    return new MpiOptions().setNameServers(List.of());
  }

  static Replica deploy(Vertx vertx, String uri) {
    return deploy(vertx, uri, options());
  }

  static Replica deploy(Vertx vertx, String uri, MpiOptions options) {
    return await(begin(vertx, uri, options));
  }

  static Future<Replica> begin(Vertx vertx, String uri, MpiOptions options) {
    Replica replica = new Replica(uri, options);
    return vertx.deployVerticle(replica).map(id -> {
      replica.deployment = id;
      return replica;
    });
  }

  @Override
  public Future<?> start() {
    return Mpi.init(vertx, options).compose(rank -> {
      mpi = rank;
      return rank.processSet(uri);
    }).compose(opened -> {
      set = opened;
      opened.changes().handler(changes::add);
      return opened.join();
    });
  }

  ProcessId id() {
    return mpi.processId();
  }

  /** Ends it, as a redeployment of the service would. */
  void undeploy() {
    await(mpi.vertx().undeploy(deployment));
  }

  /** The members, once these are the only ones. */
  SetSnapshot sees(Replica... members) {
    List<ProcessId> ids = new ArrayList<>();
    for (Replica member : members) {
      ids.add(member.id());
    }
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> set.snapshot().group().members().equals(ids));
    return set.snapshot();
  }

  /** All that it was told of those who died. */
  List<ProcessId> died() {
    return changes.stream().flatMap(change -> change.died().stream()).toList();
  }

  List<ProcessId> left() {
    return changes.stream().flatMap(change -> change.left().stream()).toList();
  }

  List<ProcessId> joined() {
    return changes.stream().flatMap(change -> change.joined().stream()).toList();
  }
}
