package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.runtime.p2p.Route;
import dev.vertxmpi.runtime.progress.Pollable;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;

/**
 * Barriers of ranks on one host by a {@link Board}: a short cut, for who spins. Messages decide what it cannot.
 *
 * <pre>
 *   begin --all have come--&gt; done                             wakes those who sleep
 *     |
 *     '--wait, looking--all have come--&gt; done
 *           '--the loop goes to sleep, or a message of somebody else comes, or somebody is gone--.
 *                                                                                                v
 *                                 the messages of the barrier go out; whichever is first counts
 * </pre>
 *
 * <p>The short cut is taken where marks prove that all have called the same. It never has to be: ranks that do not
 * mark, or call something else, are met by messages, and those find out what is wrong. Belongs to the domain.
 */
final class RollCall implements Pollable {

  /** Looks in a row, on a loop that never sleeps, before the messages go out. */
  private static final int PATIENCE = 1 << 14;

  private final Route route;
  private final BoardSetup setup;
  private Operation waiting;
  private int looks;
  private boolean closed;

  /** For the ranks of a route. */
  RollCall(Route route) {
    this.route = route;
    this.setup = new BoardSetup(route);
  }

  /**
   * Begins a barrier.
   *
   * @return false where it is to go by messages
   */
  boolean begin(Operation operation) {
    Board board = setup.board();
    if (board == null) {
      setup.count();
      return false;
    }
    if (closed || waiting != null || !route.rank().domain().spins()) {
      return false;
    }
    waiting = operation;
    looks = 0;
    try {
      if (board.arrive(operation.id().high(), operation.print())) {
        board.forSleepers(rank -> route.send(rank, BoardSetup.frame(route, rank, BoardSetup.AWAKE)));
        finish();
      } else {
        route.rank().domain().watch(this);
      }
      return true;
    } catch (InternalError e) {
      close();
      return false;
    }
  }

  private void finish() {
    Operation operation = waiting;
    leave(operation);
    operation.allHaveCome();
  }

  /** Looks no more for an operation that has ended otherwise. */
  @SuppressWarnings("ReferenceEquality") // An operation is only ever itself.
  void leave(Operation operation) {
    if (waiting == operation) {
      waiting = null;
      route.rank().domain().unwatch(this);
    }
  }

  @Override
  public boolean poll() {
    if (waiting == null) {
      return false;
    }
    if (isOver()) {
      finish();
      return true;
    }
    if (++looks == PATIENCE) {
      waiting.speak();
    }
    return false;
  }

  private boolean isOver() {
    try {
      return !closed && setup.board().haveAllCome();
    } catch (InternalError e) {
      // A peer has cut its memory off: it is about to be found out otherwise.
      close();
      return false;
    }
  }

  @Override
  public boolean arm() {
    if (waiting == null) {
      return true;
    }
    if (waiting.speak()) {
      // What was said has to reach the links before the loop sleeps.
      return false;
    }
    setup.board().sleep();
    if (isOver()) {
      setup.board().wake();
      return false;
    }
    return true;
  }

  @Override
  public void disarm() {
    if (waiting != null) {
      setup.board().wake();
    }
  }

  /** A frame about the board has come. */
  void onFrame(Envelope envelope, MemorySegment payload) {
    if (envelope.tag() == BoardSetup.AWAKE) {
      poll();
    } else {
      setup.onFrame(envelope, payload);
    }
  }

  /** A call has failed here: marks would not be true any more. */
  void close() {
    if (!closed) {
      closed = true;
      if (setup.board() != null) {
        setup.board().close();
      }
      if (waiting != null) {
        waiting.speak();
      }
    }
  }

  /** The communicator has ended. */
  void end() {
    close();
    if (waiting != null) {
      leave(waiting);
    }
    setup.end();
  }
}
