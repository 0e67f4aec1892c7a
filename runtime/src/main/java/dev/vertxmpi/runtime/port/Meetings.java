package dev.vertxmpi.runtime.port;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongFunction;

/**
 * The meetings of one communicator, by all of its views. Some end at once, some later, each by its own way; what
 * follows them begins in the order of the calls all the same.
 */
public final class Meetings {

  /** One meeting, and what follows it. */
  static final class Turn {
    private Runnable next;
  }

  private final Queue<Turn> turns = new ArrayDeque<>();
  private long count;

  /** No meetings yet. */
  public Meetings() {
  }

  /** Begins a meeting. Called where the user called; the numbers are in the order of the calls. */
  synchronized <T> T begin(Turn turn, LongFunction<T> meeting) {
    turns.add(turn);
    return meeting.apply(++count);
  }

  /** A meeting has ended: what follows runs within this call, or within that of an earlier one. In the domain. */
  void ended(Turn turn, Runnable next) {
    turn.next = next;
    for (Runnable follows = poll(); follows != null; follows = poll()) {
      follows.run();
    }
  }

  private synchronized Runnable poll() {
    return turns.isEmpty() || turns.peek().next == null ? null : turns.poll().next;
  }
}
