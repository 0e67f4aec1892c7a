package dev.vertxmpi.spi.link;

import io.vertx.core.Future;

/** One sort of link, open at a node. */
public interface LinkEndpoint {

  /**
   * How peers reach this end.
   *
   * @return the text for {@link NodeAddress#endpoints()}
   */
  String endpoint();

  /**
   * Whether it is worth trying to reach a peer this way.
   *
   * @param peer its address
   * @return false where it surely cannot work
   */
  boolean reaches(NodeAddress peer);

  /**
   * Makes the link to a peer.
   *
   * @param self the address of this node, with all endpoints
   * @param peer whom to reach
   * @return the link, authenticated in both directions; fails within the failure timeout
   */
  Future<Link> connect(NodeAddress self, NodeAddress peer);

  /**
   * Closes this end: no more links come in, all that are there die.
   *
   * @return settles when nothing is left open
   */
  Future<Void> close();
}
