package dev.vertxmpi.runtime.faults;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.comm.IntracommunicatorImpl;
import dev.vertxmpi.runtime.names.NameScopes;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.node.Nodes;
import dev.vertxmpi.runtime.port.Ports;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A process of the game: a node, and for each round a rank on it. */
final class Player {

  private static final byte[] KEY = new byte[32];

  final Vertx vertx;
  final MpiOptions options;
  final Node node;

  private Player(Vertx vertx, MpiOptions options, Node node) {
    this.vertx = vertx;
    this.options = options;
    this.node = node;
  }

  static MpiOptions options(String link, String host, long failureMillis) {
    return new MpiOptions().setLinks(List.of(link)).setHost(host)
        .setFailureTimeout(Duration.ofMillis(failureMillis));
  }

  static Future<Player> open(Vertx vertx, MpiOptions options, UUID job) {
    return Nodes.open(vertx, options, KEY, job).map(node -> new Player(vertx, options, node));
  }

  /** Those who play a round. */
  static ProcessId survivor(UUID job, int round) {
    return new ProcessId(job, 0, round);
  }

  static ProcessId victim(UUID job, int round) {
    return new ProcessId(job, 1, round);
  }

  /** A rank that lives here. */
  Rank rank(ProcessId id) {
    node.introduce(id, node.address());
    Context context = vertx.getOrCreateContext();
    return new Rank(id, node, context, Loops.of(context), options);
  }

  Ports ports(Rank rank) {
    return new Ports(rank, new NameScopes(vertx, rank.id().job().toString(), List.of()));
  }

  /** The communicator of some processes; it ends with its rank. */
  static Intracommunicator world(Rank rank, ProcessId... members) {
    Group group = new Group(List.of(members));
    ContextId context = ContextId.ofJob(rank.id().job()).derive("round", members[members.length - 1].incarnation());
    return new IntracommunicatorImpl(rank, new Members(context, group, group.rankOf(rank.id())),
        new CodecRegistry());
  }
}
