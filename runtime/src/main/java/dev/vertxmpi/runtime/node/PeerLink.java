package dev.vertxmpi.runtime.node;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The way to one peer: frames wait while it is made.
 *
 * <pre>
 *   connecting --opened--> flushing --(nothing waits any more)--> open ----suspended--> suspected
 *        |                     |                                    |                       |
 *        '------- frames wait -'      frames go straight -----------'     frames wait ------'
 *
 *   any state --ended--> dead
 * </pre>
 */
final class PeerLink implements Outlet {

  /** Bytes that wait for the link before senders of bulk are asked to pause. */
  private static final long MANY_WAITING = 1 << 20;

  private record Waiting(Frame frame, Promise<Void> promise) {
  }

  private final NodeAddress peer;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private final List<Runnable> drains = new ArrayList<>();
  private final Promise<Void> made = Promise.promise();
  private long waitingBytes;
  private Link link;
  private boolean suspected;
  private boolean abandoned;
  private volatile Link open;
  private volatile MpiException dead;

  PeerLink(NodeAddress peer) {
    this.peer = peer;
  }

  NodeAddress peer() {
    return peer;
  }

  /** Settles when the link is there, or cannot be made. */
  Future<Void> made() {
    return made.future();
  }

  Future<Void> send(Frame frame) {
    Link straight = open;
    if (straight != null) {
      return straight.send(frame);
    }
    synchronized (this) {
      if (dead != null) {
        return Future.failedFuture(dead);
      }
      straight = open;
      if (straight == null) {
        Promise<Void> promise = Promise.promise();
        waiting.add(new Waiting(frame, promise));
        waitingBytes += frame.payload().byteSize();
        return promise.future();
      }
    }
    return straight.send(frame);
  }

  @Override
  public boolean trySend(Envelope envelope, MemorySegment memory, long offset, int length) {
    Link straight = open;
    return straight != null && straight.trySend(envelope, memory, offset, length);
  }

  @Override
  public int frameBytes() {
    Link straight = open;
    return straight == null ? Envelope.MAX_PAYLOAD : straight.frameBytes();
  }

  @Override
  public boolean sharesMemory() {
    Link straight = open;
    return straight != null && straight.sharesMemory();
  }

  /** The link is there: lets the waiting frames go, in order. */
  void opened(Link made) {
    synchronized (this) {
      link = made;
    }
    while (true) {
      Waiting next;
      synchronized (this) {
        next = waiting.poll();
        if (next == null) {
          if (dead == null && !suspected) {
            open = made;
          }
          break;
        }
        waitingBytes -= next.frame().payload().byteSize();
      }
      made.send(next.frame()).onComplete(next.promise());
    }
    this.made.tryComplete();
    takeDrains().forEach(action -> made.drainHandler(drained -> action.run()));
  }

  /** The link is gone. What comes waits until it is known which of its ends is to blame. */
  synchronized void suspend() {
    suspected = true;
    open = null;
  }

  synchronized boolean isSuspected() {
    return suspected;
  }

  /** Whether nothing can be sent any more. */
  boolean isOver() {
    return dead != null;
  }

  /** The link is gone or was never made. */
  void ended(MpiException why) {
    List<Waiting> left;
    synchronized (this) {
      if (dead != null) {
        return;
      }
      left = die(why);
    }
    tell(left, why);
  }

  /** Nobody wants it any more. False where it is there, or over. */
  boolean abandon(MpiException why) {
    List<Waiting> left;
    synchronized (this) {
      if (dead != null || link != null) {
        return false;
      }
      abandoned = true;
      left = die(why);
    }
    tell(left, why);
    return true;
  }

  private List<Waiting> die(MpiException why) {
    dead = why;
    open = null;
    List<Waiting> left = new ArrayList<>(waiting);
    waiting.clear();
    waitingBytes = 0;
    return left;
  }

  private void tell(List<Waiting> left, MpiException why) {
    made.tryFail(why);
    left.forEach(frame -> frame.promise().fail(why));
    takeDrains().forEach(Runnable::run);
  }

  synchronized boolean isAbandoned() {
    return abandoned;
  }

  private synchronized List<Runnable> takeDrains() {
    List<Runnable> taken = List.copyOf(drains);
    drains.clear();
    return taken;
  }

  boolean isCongested() {
    Link straight = open;
    if (straight != null) {
      return straight.writeQueueFull();
    }
    synchronized (this) {
      return waitingBytes > MANY_WAITING;
    }
  }

  void onDrain(Runnable action) {
    Link straight;
    synchronized (this) {
      straight = open;
      if (straight == null && dead == null && waitingBytes > MANY_WAITING) {
        drains.add(action);
        return;
      }
    }
    if (straight == null) {
      action.run();
    } else {
      straight.drainHandler(drained -> action.run());
    }
  }

  /** The link, once there was one. */
  synchronized Link link() {
    return link;
  }
}
