package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.node.Outlet;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Between whom the messages of one context go.
 *
 * <pre>
 *   within a group      inbound = outbound, the peers are the group
 *   between two groups  one context for each direction, because ranks of the two sides are the same numbers
 * </pre>
 *
 * @param rank who this is
 * @param inbound context of frames that come
 * @param outbound context of frames that go
 * @param self rank of this process, as the peers see it
 * @param peers whom messages go to and come from
 */
public record Route(Rank rank, ContextId inbound, ContextId outbound, int self, Group peers) {

  /**
   * The route within a group.
   *
   * @param rank who this is
   * @param members the group and the context
   * @return the route
   */
  public static Route within(Rank rank, Members members) {
    return new Route(rank, members.context(), members.context(), members.rank(), members.group());
  }

  /**
   * Sends a frame.
   *
   * @param peer a rank
   * @param frame its payload stays untouched until the Future settles
   * @return settles when the link has let go of the payload, on any thread
   */
  public Future<Void> send(int peer, Frame frame) {
    return node().send(peers.get(peer), frame);
  }

  /** The way to a peer; null where there is none yet. */
  Outlet outlet(int peer) {
    return node().outlet(peers.get(peer));
  }

  /**
   * Maps memory that a peer shares.
   *
   * @param peer its rank
   * @param region named by the peer, not trusted
   * @return for reading; fails where the peer is out of reach
   */
  public Future<MemorySegment> map(int peer, String region) {
    return node().map(peers.get(peer), region);
  }

  boolean isCongested(int peer) {
    return node().isCongested(peers.get(peer));
  }

  void onDrain(int peer, Runnable action) {
    node().onDrain(peers.get(peer), () -> rank.domain().execute(action));
  }

  /**
   * Whether a peer is this process.
   *
   * @param peer its rank
   * @return false between two groups
   */
  public boolean isSelf(int peer) {
    return peer < peers.size() && peers.get(peer).equals(rank.id());
  }

  /**
   * Whether a frame that names a source may come from a node.
   *
   * @param source from the envelope
   * @param from authenticated
   * @return false where the source lives elsewhere, or is no peer
   */
  public boolean livesAt(int source, NodeId from) {
    return source >= 0 && source < peers.size() && node().livesAt(peers.get(source), from);
  }

  /**
   * Refuses ranks outside the group.
   *
   * @param name of the argument
   * @param peer its value
   */
  public void checkPeer(String name, int peer) {
    if (peer < 0 || peer >= peers.size()) {
      throw new MpiException(ErrorClass.RANK,
          name + " must be a rank from 0 to " + (peers.size() - 1) + ", but is " + peer);
    }
  }

  /**
   * The failure of what needs a peer that is gone.
   *
   * @param peer its rank
   * @return names it
   */
  public static MpiException gone(int peer) {
    return new MpiException(ErrorClass.PROC_FAILED, "rank " + peer + " has died or left").ranks(List.of(peer));
  }

  /** Why this process counts as dead elsewhere, where it does. */
  Optional<MpiException> verdict() {
    return node().verdict();
  }

  private Node node() {
    return rank.node();
  }
}
