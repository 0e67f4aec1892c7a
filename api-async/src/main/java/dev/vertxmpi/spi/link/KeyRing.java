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

  /**
   * Whether a node was declared dead here. It is refused even if it lives, and told so: see {@link #declaredDeadBy}.
   *
   * @param peer who has proved that it is that node
   * @return true where no link with it may begin
   */
  default boolean isDead(NodeId peer) {
    return false;
  }

  /**
   * A node has proved that it holds a key, and says that it has declared this node dead. Must not block.
   *
   * @param peer which node
   * @param name of the key that it has proved
   */
  default void declaredDeadBy(NodeId peer, String name) {
    // Who keeps no list of the dead need not listen to those of others.
  }
}
