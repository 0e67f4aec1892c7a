package dev.vertxmpi.runtime.vertx;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Work for many contexts that is there at once. Each piece runs on its context; of those on one event loop one in each
 * turn, so that whatever else the loop has to do comes in between.
 *
 * <pre>
 *   a loop's queue    ... other work | piece | other work that came meanwhile | piece | ...
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class Turns {

  private record Piece(Context context, Runnable work) {
  }

  /** What waits for its turn. A loop that is in it has a piece under way. */
  private final Map<EventLoop, Queue<Piece>> waiting = new HashMap<>();

  /** Nothing waits. */
  public Turns() {
  }

  /**
   * Runs a piece of work in a turn of its own, never within this call.
   *
   * @param context where it runs
   * @param work runs once, after what was added before for the same loop
   */
  public void add(Context context, Runnable work) {
    if (!context.isEventLoopContext()) {
      // Nobody else waits for its thread, and it may be busy for long.
      context.runOnContext(now -> work.run());
      return;
    }
    EventLoop loop = ((ContextInternal) context).nettyEventLoop();
    synchronized (waiting) {
      Queue<Piece> queue = waiting.get(loop);
      if (queue != null) {
        queue.add(new Piece(context, work));
        return;
      }
      waiting.put(loop, new ArrayDeque<>());
    }
    run(loop, new Piece(context, work));
  }

  private void run(EventLoop loop, Piece piece) {
    piece.context.runOnContext(now -> {
      next(loop);
      piece.work.run();
    });
  }

  private void next(EventLoop loop) {
    Piece next;
    synchronized (waiting) {
      next = waiting.get(loop).poll();
      if (next == null) {
        waiting.remove(loop);
        return;
      }
    }
    run(loop, next);
  }
}
