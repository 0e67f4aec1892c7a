package dev.vertxmpi.runtime.node;

import dev.vertxmpi.spi.link.KeyRing;
import dev.vertxmpi.spi.link.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The secrets of a node, and which nodes are known by which.
 *
 * <pre>
 *   job:...    the first secret: for nodes of the job, and for nodes of which nothing else is known
 *   port:...   of a port that is open here (anyone new may come with it), or of one to which we connect
 *   invite:... of this node: whoever has it may come, but for nodes of the job; or of another node, to go there
 *   other      of a connection: for the nodes of its other side
 * </pre>
 *
 * <p>Ranks of one node may add the same secret, so uses are counted: it goes with the last one.
 */
final class NodeKeys implements KeyRing {

  private final String first;
  private final String invitation;
  private final Map<String, byte[]> secrets = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  /** By dials under way. */
  private final Map<String, Integer> holds = new HashMap<>();
  private final Map<NodeId, List<String>> known = new HashMap<>();

  /**
   * The secret of the job alone.
   *
   * @param first name of that
   * @param secret of the job
   * @param invitation name of the secret that invites to this node, which may be added
   */
  NodeKeys(String first, byte[] secret, String invitation) {
    this.first = first;
    this.invitation = invitation;
    secrets.put(first, secret.clone());
  }

  /** Binds a node to the secret of the job. */
  synchronized void own(NodeId peer) {
    bind(peer, first);
  }

  /** Whether a secret is that of our job. */
  boolean isJob(String name) {
    return name.equals(first);
  }

  /** Whether a node is of our job. */
  synchronized boolean isOwn(NodeId peer) {
    return known.getOrDefault(peer, List.of()).contains(first);
  }

  /** Whether a node belongs to our job or a connection: if it cannot be reached, that is its end for us. */
  synchronized boolean isCommitted(NodeId peer) {
    return known.getOrDefault(peer, List.of()).stream().anyMatch(name -> !name.startsWith("port:"));
  }

  /** Whether a node is known by one secret alone, and that by one use. */
  synchronized boolean isLast(NodeId peer, String name) {
    return List.of(name).equals(known.get(peer)) && Integer.valueOf(1).equals(uses.get(name));
  }

  synchronized void add(String name, byte[] secret, NodeId peer) {
    secrets.putIfAbsent(name, secret.clone());
    uses.merge(name, 1, Integer::sum);
    if (peer != null) {
      bind(peer, name);
    }
  }

  private void bind(NodeId peer, String name) {
    List<String> names = known.computeIfAbsent(peer, none -> new ArrayList<>(1));
    if (!names.contains(name)) {
      // An invitation holds for as long as the peer lives; of others it may have forgotten its end.
      names.add(name.equals(Nodes.invitation(peer)) && !names.contains(first) ? 0 : names.size(), name);
    }
  }

  synchronized void remove(String name) {
    if (uses.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1) == null) {
      removeUnused(name);
    }
  }

  /**
   * Keeps the secret by which a node is dialled now, whoever else needs it or not: a dial that went on with another one
   * would be refused, and that would look like the end of the node.
   *
   * @return to be run once when the dial is over
   */
  synchronized Runnable hold(NodeId peer) {
    String name = keyFor(peer);
    if (isJob(name)) {
      return () -> { };
    }
    holds.merge(name, 1, Integer::sum);
    return () -> release(name);
  }

  private synchronized void release(String name) {
    if (holds.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1) == null) {
      removeUnused(name);
    }
  }

  private void removeUnused(String name) {
    if (uses.containsKey(name) || holds.containsKey(name)) {
      return;
    }
    secrets.remove(name);
    known.values().forEach(names -> names.remove(name));
    known.values().removeIf(List::isEmpty);
  }

  synchronized int size() {
    return secrets.size();
  }

  synchronized void forget(NodeId peer) {
    known.remove(peer);
  }

  @Override
  public synchronized String keyFor(NodeId peer) {
    List<String> names = known.get(peer);
    return names == null ? first : names.getFirst();
  }

  @Override
  public synchronized Optional<byte[]> secret(String name) {
    return Optional.ofNullable(secrets.get(name)).map(byte[]::clone);
  }

  @Override
  public synchronized boolean admits(NodeId peer, String name) {
    List<String> names = known.get(peer);
    return secrets.containsKey(name) && (names == null || names.contains(name)
        || (name.equals(invitation) && !names.contains(first)));
  }
}
