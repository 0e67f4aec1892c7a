package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.runtime.node.Outlet;
import dev.vertxmpi.spi.link.NodeId;
import java.util.HashMap;
import java.util.Map;

/**
 * The account with one peer: how much may go to it unasked, and what it has announced.
 *
 * <pre>
 *   sender                                              receiver
 *   unreturned += cost   ---- EAGER (cost) ---->        held += cost
 *                                                       ... delivered to a receive: consumed += cost
 *   unreturned -= first  &lt;--- CREDIT (first) ---        at half the window: held -= consumed, consumed = 0
 * </pre>
 */
final class Peer {

  /** Most that a receiver holds for one sender: bytes, and something for each message. */
  static final long WINDOW = 256 << 10;

  /** What a message costs beside its bytes, so that empty ones are counted too. */
  static final long OVERHEAD = 128;

  final int rank;
  /** What it has announced and we have not finished with, by number. */
  final Map<Long, Incoming> announced = new HashMap<>();
  /** The way to it; null where it has to be asked for. */
  private Outlet outlet;
  /** Where it was found to live: processes do not move. */
  private NodeId home;
  private long unreturned;
  private long held;
  private long consumed;

  Peer(int rank) {
    this.rank = rank;
  }

  Outlet outlet() {
    return outlet;
  }

  void outlet(Outlet way) {
    outlet = way;
  }

  /** Whether a frame from a node may name it as its source. */
  @SuppressWarnings("ReferenceEquality") // The same object mostly; where not, it is asked again.
  boolean livesAt(NodeId node, Route route) {
    if (node == home) {
      return true;
    }
    boolean lives = route.livesAt(rank, node);
    if (lives) {
      home = node;
    }
    return lives;
  }

  /** Takes credit for a message, where there is enough. */
  boolean take(long bytes) {
    long cost = bytes + OVERHEAD;
    if (unreturned + cost > WINDOW) {
      return false;
    }
    unreturned += cost;
    return true;
  }

  /** The peer has consumed messages. */
  void returned(long amount) {
    if (amount > 0) {
      unreturned = Math.max(0, unreturned - amount);
    }
  }

  /** A message has come: whether the peer had credit for it. */
  boolean hold(long bytes) {
    long cost = bytes + OVERHEAD;
    if (held + cost > WINDOW) {
      return false;
    }
    held += cost;
    return true;
  }

  /** A message was consumed: what to return now, 0 for nothing yet. */
  long consume(long bytes) {
    consumed += bytes + OVERHEAD;
    if (consumed < WINDOW / 2) {
      return 0;
    }
    long amount = consumed;
    held -= amount;
    consumed = 0;
    return amount;
  }
}
