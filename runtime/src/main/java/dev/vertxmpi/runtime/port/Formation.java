package dev.vertxmpi.runtime.port;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a rank must know of a connection: the other group with its addresses, the context and the key of its links.
 *
 * <pre>
 *   context (16 bytes) | key (32 bytes) | server? (4 bytes) | remote group, see {@link Peers}
 * </pre>
 *
 * @param context of the intercommunicator, the same at both sides
 * @param key by which links of the connection prove who they are
 * @param server whether this is the accepting side
 * @param remote the other group
 */
record Formation(ContextId context, byte[] key, boolean server, Peers remote) {

  WireWriter write() {
    WireWriter out = new WireWriter().uuid(new UUID(context.high(), context.low())).bytes(key)
        .number(server ? 1 : 0);
    remote.write(out);
    return out;
  }

  static Formation read(WireReader in) {
    UUID context = in.uuid();
    Formation formation = new Formation(
        new ContextId(context.getMostSignificantBits(), context.getLeastSignificantBits()),
        in.bytes(Proof.LENGTH), in.index(2, "sides") == 1, Peers.read(in));
    in.end();
    return formation;
  }

  Group remoteGroup() {
    return new Group(remote.members());
  }

  private String keyName() {
    return "connection:" + context;
  }

  /** Makes the other group known to a node of a job, and lets its links in. */
  void register(Node node, UUID job) {
    remote.mustAgreeWith(node, job);
    for (int i = 0; i < remote.members().size(); i++) {
      node.introduce(remote.members().get(i), remote.places().get(i));
    }
    for (NodeAddress place : remote.nodes()) {
      node.addKey(keyName(), key, place);
    }
  }

  /**
   * The connection exists: makes links to all nodes of the other side. No job tells one side of a death at the other,
   * so each must see it by itself, and must have a way to say goodbye. Settles when all are there or have failed; a
   * node that cannot be reached is a departure then.
   */
  Future<Void> begin(Node node) {
    Set<NodeId> seen = new HashSet<>();
    List<Future<Void>> links = new ArrayList<>();
    for (int i = 0; i < remote.members().size(); i++) {
      if (seen.add(remote.places().get(i).id())) {
        links.add(node.attend(remote.members().get(i)));
      }
    }
    return Future.join(links).otherwiseEmpty().mapEmpty();
  }

  /** Takes the key back: as often as it was added, because other ranks of this node may use it still. */
  void forget(Node node) {
    for (int left = remote.nodes().size(); left > 0; left--) {
      node.removeKey(keyName());
    }
  }

  @Override
  public String toString() {
    return "Formation[context=" + context + ", server=" + server + ", remote=" + remote.members().size() + "]";
  }
}
