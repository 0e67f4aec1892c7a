package dev.vertxmpi.runtime.link;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Frames on their way to the loop that writes them: in the order of the calls, counted until they are written.
 *
 * <p>{@link #send}, {@link #isIdle}, {@link #isFull}, {@link #onDrain} and the counters may be called from any thread,
 * the rest on the loop; {@link #add} and {@link #flush} also elsewhere, where the writer sees to it that one thread at
 * a time takes what is there.
 */
public final class SendQueue {

  /** Bytes not yet written, from which on bulk should wait. */
  public static final long FULL = 2 << 20;

  /**
   * A frame in the queue.
   *
   * @param frame to be written
   * @param written to be completed when the payload is no longer needed, failed when the link dies before
   */
  public record Item(Frame frame, Promise<Void> written) {

    /**
     * Bytes of the frame.
     *
     * @return header and payload
     */
    public long length() {
      return Envelope.LENGTH + frame.payload().byteSize();
    }
  }

  private final Context loop;
  private final NodeAddress peer;
  private final Consumer<Queue<Item>> writer;
  private final long full;
  private final Queue<Item> items = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicLong unwritten = new AtomicLong();
  private final LongAdder frames = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final List<Handler<Void>> drains = new ArrayList<>();
  private volatile MpiException refused;
  private volatile MpiException ended;

  /**
   * An empty queue.
   *
   * @param loop where the writer runs
   * @param peer for messages
   * @param writer takes what the queue holds
   */
  public SendQueue(Context loop, NodeAddress peer, Consumer<Queue<Item>> writer) {
    this(loop, peer, writer, FULL);
  }

  /**
   * An empty queue.
   *
   * @param loop where the writer runs
   * @param peer for messages
   * @param writer takes what the queue holds
   * @param full bytes not yet written, from which on bulk should wait until half of them are left
   */
  public SendQueue(Context loop, NodeAddress peer, Consumer<Queue<Item>> writer, long full) {
    this.loop = loop;
    this.peer = peer;
    this.writer = writer;
    this.full = full;
  }

  /**
   * Adds a frame.
   *
   * @param frame its payload stays untouched until the Future settles
   * @return settles when it is written
   */
  public Future<Void> send(Frame frame) {
    Future<Void> written = add(frame);
    if (!written.isComplete() && scheduled.compareAndSet(false, true)) {
      try {
        loop.runOnContext(now -> flush());
      } catch (RejectedExecutionException e) {
        end(e);
      }
    }
    return written;
  }

  /**
   * Adds a frame for a caller that flushes.
   *
   * @param frame its payload stays untouched until the Future settles
   * @return settles when it is written
   */
  public Future<Void> add(Frame frame) {
    if (refused != null) {
      return Future.failedFuture(refused);
    }
    Promise<Void> written = Promise.promise();
    Item item = new Item(frame, written);
    long length = item.length();
    frames.increment();
    bytes.add(length);
    unwritten.addAndGet(length);
    written.future().onComplete(settled -> wrote(length));
    items.add(item);
    return written.future();
  }

  /**
   * Whether all that was sent is written.
   *
   * @return true where a frame may be written past the queue
   */
  public boolean isIdle() {
    return unwritten.get() == 0 && refused == null;
  }

  private void wrote(long length) {
    if (unwritten.addAndGet(-length) <= full / 2) {
      runDrains();
    }
  }

  private void runDrains() {
    List<Handler<Void>> ready;
    synchronized (drains) {
      if (drains.isEmpty()) {
        return;
      }
      ready = List.copyOf(drains);
      drains.clear();
    }
    ready.forEach(handler -> handler.handle(null));
  }

  /** Hands what is there to the writer. */
  public void flush() {
    scheduled.set(false);
    if (ended == null) {
      writer.accept(items);
    } else {
      failItems();
    }
  }

  /** Takes no more frames, because the link is being closed. Those that are here are written. */
  public void refuse() {
    refused = new MpiException(ErrorClass.PROC_FAILED, "the link to the node " + peer.id() + " is closed");
  }

  /** Takes frames again, where the link was only closed. */
  public void accept() {
    if (ended == null) {
      refused = null;
    }
  }

  /**
   * The link is over: fails what is left.
   *
   * @param cause null after an orderly close
   */
  public void end(Throwable cause) {
    stop(cause == null
        ? new MpiException(ErrorClass.PROC_FAILED, "the link to the node " + peer.id() + " is closed")
        : new MpiException(ErrorClass.PROC_FAILED,
            "the link to the node " + peer.id() + " died: " + cause.getMessage(), cause));
  }

  private void stop(MpiException why) {
    if (refused == null) {
      refused = why;
    }
    ended = why;
    failItems();
    runDrains();
  }

  private void failItems() {
    for (Item item = items.poll(); item != null; item = items.poll()) {
      item.written().tryFail(ended);
    }
  }

  /**
   * Why frames are refused.
   *
   * @return null while they are not
   */
  public MpiException ended() {
    return ended;
  }

  /**
   * Whether bulk should wait.
   *
   * @return true until the drain handlers are called
   */
  public boolean isFull() {
    return ended == null && unwritten.get() >= full;
  }

  /**
   * Calls a handler when bulk may go on, at once where it can now.
   *
   * @param handler called once
   */
  public void onDrain(Handler<Void> handler) {
    synchronized (drains) {
      if (isFull()) {
        drains.add(handler);
        // What was written since then has seen no handler.
        if (isFull()) {
          return;
        }
        if (!drains.remove(handler)) {
          return;
        }
      }
    }
    handler.handle(null);
  }

  /**
   * Frames sent so far.
   *
   * @return a count
   */
  public long frames() {
    return frames.sum();
  }

  /**
   * Bytes sent so far, headers included.
   *
   * @return a count
   */
  public long bytes() {
    return bytes.sum();
  }
}
