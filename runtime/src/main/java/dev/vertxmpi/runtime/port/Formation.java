package dev.vertxmpi.runtime.port;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.spi.link.NodeAddress;
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
