package dev.vertxmpi.runtime.node;

import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The frames of one rank in one context.
 *
 * <pre>
 *   early --bind--> draining --(in the domain: no early frame left)--> ready --unbind--> over
 *     |                |                                                 |
 *     '-- stashed      '-- stashed, behind those already there           '-- straight to the domain
 * </pre>
 *
 * <p>So frames that came early go first, without a lock held while an endpoint runs.
 */
final class Slot {

  /** A frame that came before its endpoint, with memory of its own. */
  record Early(NodeId from, Frame frame) {
  }

  private static final byte[] NOTHING = {};

  private final Queue<Early> early = new ArrayDeque<>();
  private final Consumer<Early> unstashed;
  private volatile Endpoint ready;
  private volatile boolean over;
  private Endpoint draining;

  /** A slot whose stashed frames are counted: the consumer hears of each that leaves. */
  Slot(Consumer<Early> unstashed) {
    this.unstashed = unstashed;
  }

  /** Takes a frame: into the domain where possible, else as {@code stash} makes it. False once unbound. */
  boolean take(NodeId from, Frame frame, Stash stash) {
    Endpoint endpoint = ready;
    if (endpoint == null) {
      synchronized (this) {
        if (over) {
          return false;
        }
        endpoint = ready;
        if (endpoint == null) {
          early.add(stash.keep(from, frame));
          return true;
        }
      }
    }
    Endpoint taker = endpoint;
    taker.domain().execute(() -> give(taker, from, frame));
    return true;
  }

  /**
   * Gives a frame to its endpoint before this returns, where the caller is on its loop and nothing goes before it.
   * False where it must be copied and {@linkplain #take taken}.
   */
  boolean takeNow(NodeId from, Envelope envelope, MemorySegment memory, long offset, int length) {
    Endpoint endpoint = ready;
    if (endpoint == null || !endpoint.domain().enter()) {
      return false;
    }
    try {
      if (!over) {
        endpoint.onFrame(from, envelope, memory, offset, length);
      }
    } finally {
      endpoint.domain().leave();
    }
    return true;
  }

  /** Copies a frame into the domain. False where nobody is ready for it. */
  boolean takeSoon(NodeId from, Envelope envelope, MemorySegment memory, long offset, int length) {
    Endpoint endpoint = ready;
    if (endpoint == null) {
      return false;
    }
    byte[] copy = NOTHING;
    if (length > 0) {
      copy = new byte[length];
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, copy, 0, length);
    }
    endpoint.domain().execute(new Delivery(endpoint, from, envelope, copy));
    return true;
  }

  /** A short frame on its way to another thread: as few objects as possible, for each has to get there. */
  private final class Delivery extends ProgressDomain.Task {
    private final Endpoint endpoint;
    private final NodeId from;
    private final Envelope envelope;
    private byte[] payload;

    Delivery(Endpoint endpoint, NodeId from, Envelope envelope, byte[] payload) {
      super(endpoint.domain());
      this.endpoint = endpoint;
      this.from = from;
      this.envelope = envelope;
      this.payload = payload;
    }

    @Override
    protected void work() {
      MemorySegment memory = MemorySegment.ofArray(payload);
      payload = NOTHING;
      if (!over) {
        endpoint.onFrame(from, envelope, memory, 0, (int) memory.byteSize());
      }
    }
  }

  /** Makes a stashed frame of one that came early. */
  @FunctionalInterface
  interface Stash {
    Early keep(NodeId from, Frame frame);
  }

  private void give(Endpoint endpoint, NodeId from, Frame frame) {
    if (over) {
      frame.release();
    } else {
      endpoint.onFrame(from, frame);
    }
  }

  void bind(Endpoint endpoint) {
    synchronized (this) {
      if (draining != null) {
        throw new IllegalStateException("the context is bound already");
      }
      draining = endpoint;
    }
    endpoint.domain().execute(this::drain);
  }

  private void drain() {
    while (true) {
      Early next;
      synchronized (this) {
        next = early.poll();
        if (next == null) {
          if (!over) {
            ready = draining;
          }
          return;
        }
      }
      unstashed.accept(next);
      give(draining, next.from(), next.frame());
    }
  }

  /** Drops what a node left in the stash. True where the slot is then of no use, and takes nothing any more. */
  synchronized boolean retire(NodeId from) {
    drop(frame -> frame.from().equals(from));
    over |= draining == null && early.isEmpty();
    return over;
  }

  synchronized void unbind() {
    over = true;
    ready = null;
    drop(frame -> true);
  }

  private void drop(Predicate<Early> which) {
    early.removeIf(frame -> {
      boolean match = which.test(frame);
      if (match) {
        unstashed.accept(frame);
      }
      return match;
    });
  }
}
