package dev.vertxmpi.spi.link;

import java.util.Optional;

/**
 * The secrets by which links prove who they are: one for the job, one for each open port and connection. A secret is
 * proved by challenge in both directions and never sent.
 */
public interface KeyRing {

  /**
   * Which secret to use towards a node.
   *
   * @param peer the node
   * @return the name of a secret that both ends have, such as {@code job:...} or {@code port:...}
   */
  String keyFor(NodeId peer);

  /**
   * A secret.
   *
   * @param name as {@link #keyFor} gives it, or as a peer asks for it
   * @return empty where there is none of that name (any more)
   */
  Optional<byte[]> secret(String name);

  /**
   * Whether a node may prove itself with a secret. A node that is known by the secret of the job may not come with
   * that of a port: who holds only the latter could pass for it.
   *
   * @param peer who the other side says it is
   * @param name of the secret that it wants to use
   * @return false where the link must be refused
   */
  boolean admits(NodeId peer, String name);
}
