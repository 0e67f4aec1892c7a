package dev.vertxmpi.spi.link;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;

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
   * @return the link, authenticated in both directions; fails within the failure timeout, with
   *     {@link ErrorClass#TIMEOUT} where there was no answer at all
   */
  Future<Link> connect(NodeAddress self, NodeAddress peer);

  /**
   * Whether the end of a peer's process ends its links at once and for sure: the operating system closes its sockets
   * and frees its locks. Then silence means nothing, however long it is.
   *
   * @param peer its address
   * @return true on one host
   */
  default boolean seesDeath(NodeAddress peer) {
    return false;
  }

  /**
   * Asks a node whether it is there, or tells it that it was declared dead here ({@link KeyRing#isDead}): as
   * {@link #connect}, but no link comes of it.
   *
   * @param self the address of this node
   * @param peer whom to ask
   * @return succeeds where it answers and does not refuse this node; fails within the failure timeout, with
   *     {@link ErrorClass#TIMEOUT} where there was no answer at all
   */
  default Future<Void> probe(NodeAddress self, NodeAddress peer) {
    return connect(self, peer).compose(Link::close);
  }

  /**
   * Ends all links with a node that was declared dead, both ways and at once. The node notices that they were not
   * closed in order.
   *
   * @param peer which node
   */
  default void cut(NodeId peer) {
    // Frames of the dead are dropped even where their link stays.
  }

  /**
   * A rank of this node progresses on the loop of a context. An endpoint that has to look for what comes may do it on
   * that loop, so that frames reach the rank without a hop.
   *
   * @param context of the rank
   * @return undoes it
   */
  default Runnable progressOn(Context context) {
    return () -> { };
  }

  /**
   * Whether {@link #map} works.
   *
   * @return true where links of this sort {@linkplain Link#sharesMemory() share memory}
   */
  default boolean sharesMemory() {
    return false;
  }

  /**
   * Maps memory that a peer shares, for reading. Only for peers whose links {@linkplain Link#sharesMemory() share
   * memory}.
   *
   * @param peer whose memory it is, authenticated
   * @param region its name, from the peer and not trusted
   * @return the whole region; fails where the peer shares no such region
   */
  default Future<MemorySegment> map(NodeAddress peer, String region) {
    return Future.failedFuture(new MpiException(ErrorClass.UNSUPPORTED_OPERATION, "this link maps no memory"));
  }

  /**
   * Listens at one more place, for a port whose place somebody has chosen.
   *
   * @param host IP address of this host
   * @param port 0 for any
   * @return how peers reach that place; {@link ErrorClass#ARG} where it is taken
   */
  default Future<String> listen(String host, int port) {
    return Future.failedFuture(new MpiException(ErrorClass.UNSUPPORTED_OPERATION, "this link has no such places"));
  }

  /**
   * Listens there no more. Links that came in there stay.
   *
   * @param endpoint as {@link #listen} gave it
   * @return settles when the place is free again
   */
  default Future<Void> unlisten(String endpoint) {
    return Future.succeededFuture();
  }

  /**
   * Closes this end: no more links come in, all that are there die.
   *
   * @return settles when nothing is left open
   */
  Future<Void> close();
}
