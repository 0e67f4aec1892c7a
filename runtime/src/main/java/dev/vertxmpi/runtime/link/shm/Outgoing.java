package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.SendQueue;
import dev.vertxmpi.runtime.link.SendQueue.Item;
import dev.vertxmpi.runtime.link.TryLock;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Frames on their way into a ring, from any thread.
 *
 * <pre>
 *   send, any thread --nothing waits, space--&gt; ring
 *        '--else--&gt; [ queue ] --whoever finds space: the sender, the loop of a rank, the endpoint's--&gt; ring
 * </pre>
 *
 * <p>What may sleep is the consumer. It says so, then looks once more; the producer commits, then looks whether it
 * says so. For one of them to see the other, each needs a full fence between. A thread that polls does that once for
 * what it has sent since ({@link ShmPoller}), any other thread for each frame.
 */
final class Outgoing {

  private static final VarHandle FRAMES;
  private static final VarHandle BYTES;

  static {
    try {
      FRAMES = MethodHandles.lookup().findVarHandle(Outgoing.class, "frames", long.class);
      BYTES = MethodHandles.lookup().findVarHandle(Outgoing.class, "bytes", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final LongAdder doorbells = new LongAdder();
  private final ShmEndpoint endpoint;
  private final Consumer<Throwable> onBroken;
  private final Runnable otherBell;
  private final SendQueue queue;
  private final TryLock lock = new TryLock();
  private final Watch watch;
  private volatile RingProducer ring;
  private volatile Bell bell;
  private volatile Bell loopBell;
  private volatile boolean over;
  /** Guarded by the lock, read by anybody. */
  private long frames;
  private long bytes;
  private volatile boolean waits;
  /** Only a hint: several threads may flush. */
  private boolean progress;
  /** Confined to the loop of the poller: whether it has to look if the consumer sleeps. */
  boolean unfenced;
  private long takenWhenAsked = -1;

  /**
   * No ring yet: frames wait.
   *
   * @param onBroken told of memory that the peer has cut off, or of nonsense in it; on any thread
   * @param otherBell wakes the endpoint of the peer where no bell can be rung; on any thread
   */
  Outgoing(ShmEndpoint endpoint, NodeAddress peer, Consumer<Throwable> onBroken, Runnable otherBell) {
    this.endpoint = endpoint;
    this.onBroken = onBroken;
    this.otherBell = otherBell;
    this.queue = new SendQueue(endpoint.loop(), peer, this::write);
    this.watch = new Watch(endpoint, this);
  }

  SendQueue queue() {
    return queue;
  }

  boolean isOpen() {
    return ring != null;
  }

  /** Frames go to a ring from now on. */
  void open(RingProducer to, Bell atEndpoint) {
    bell = atEndpoint;
    ring = to;
    lock.open();
  }

  /** Who wakes the loop of the consumer's rank; null where none polls. */
  void loopBell(Bell atLoop) {
    loopBell = atLoop;
  }

  boolean trySend(Envelope envelope, MemorySegment memory, long offset, int length) {
    return queue.isIdle() && length <= Envelope.MAX_PAYLOAD && offer(envelope, memory, offset, length);
  }

  Future<Void> send(Frame frame) {
    MemorySegment payload = frame.payload();
    try {
      if (queue.isIdle() && offer(frame.envelope(), payload, 0, (int) payload.byteSize())) {
        return Future.succeededFuture();
      }
    } catch (IllegalStateException | WrongThreadException e) {
      return Future.failedFuture(unreadable(e));
    }
    if (!isPolled() || over) {
      return queue.send(frame);
    }
    boolean first = queue.isIdle();
    Future<Void> written = queue.add(frame);
    if (first) {
      flush();
    } else {
      // The loop looks for space when it polls next; not for each frame that has to wait.
      waits(true);
    }
    return written;
  }

  private boolean isPolled() {
    ShmPoller poller = endpoint.poller();
    return poller != null && poller.isHere();
  }

  /** The loop that polls is about to sleep: asks for a word when there is space. */
  void waitForSpace() {
    if (lock.tryLock()) {
      try {
        ring.waitForSpace();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean offer(Envelope envelope, MemorySegment memory, long offset, int length) {
    if (!lock.tryLock()) {
      return false;
    }
    boolean sent = false;
    try {
      sent = queue.isIdle() && ring.offer(envelope, memory, offset, length);
      if (sent) {
        frames++;
        bytes += Envelope.LENGTH + length;
      }
    } catch (BrokenRingException | InternalError e) {
      onBroken.accept(e);
    } finally {
      lock.unlock();
    }
    if (sent) {
      committed();
    }
    return sent;
  }

  private void committed() {
    ShmPoller poller = endpoint.poller();
    if (poller != null && poller.isHere()) {
      wakeIfAsleep(false);
      if (!unfenced) {
        unfenced = true;
        poller.looksLater(this);
      }
    } else if (!wakeIfAsleep(true)) {
      watch.begin();
    }
  }

  /**
   * Rings where the consumer sleeps; false where it does not.
   *
   * @param surely also where it fell asleep while the last frames were written; else that must be asked for later
   */
  boolean wakeIfAsleep(boolean surely) {
    try {
      long state = surely ? ring.stateAfterCommit() : ring.consumerState();
      if (state == RingDescriptor.AWAKE) {
        return false;
      }
      if (ring.claimBell(state)) {
        Bell atLoop = loopBell;
        ring(state == RingDescriptor.LOOP_ASLEEP && atLoop != null ? atLoop : bell);
      }
      return true;
    } catch (IllegalStateException | InternalError unmapped) {
      return true;
    }
  }

  void watch() {
    watch.begin();
  }

  /** Somebody of the other side must look, though one there says that it does. */
  void nudge() {
    ring(bell);
  }

  private void ring(Bell which) {
    doorbells.increment();
    if (which == null || !which.ring()) {
      otherBell.run();
    }
  }

  /** Writes what waits, as far as there is space; true where there was any. */
  boolean flush() {
    progress = false;
    queue.flush();
    return progress;
  }

  private void write(Queue<Item> items) {
    if (items.isEmpty()) {
      return;
    }
    // A loop that polls looks at the space itself.
    boolean polled = isPolled();
    if (!lock.tryLock()) {
      // Another thread is in the middle of a copy.
      if (polled) {
        waits(true);
      } else if (!over) {
        endpoint.loop().runOnContext(again -> queue.flush());
      }
      return;
    }
    List<Item> written = new ArrayList<>();
    boolean left = false;
    try {
      left = !fill(items, written);
      if (left) {
        waits(true);
        if (!polled) {
          ring.waitForSpace();
          left = !fill(items, written);
        }
      }
    } catch (BrokenRingException | InternalError e) {
      onBroken.accept(e);
    } finally {
      lock.unlock();
    }
    if (!left) {
      waits(false);
    }
    if (!written.isEmpty()) {
      progress = true;
      committed();
      written.forEach(item -> item.written().tryComplete());
    }
    if (left) {
      watch.begin();
    }
  }

  /** Whether the loop that polls has to look for space. */
  private void waits(boolean does) {
    if (waits != does) {
      synchronized (queue) {
        waits = does;
        endpoint.waits(this, does);
      }
    }
  }

  /** True where nothing is left. */
  private boolean fill(Queue<Item> items, List<Item> written) {
    for (Item item = items.peek(); item != null; item = items.peek()) {
      MemorySegment payload = item.frame().payload();
      try {
        if (!ring.offer(item.frame().envelope(), payload, 0, (int) payload.byteSize())) {
          return false;
        }
        written.add(item);
      } catch (IllegalStateException | WrongThreadException e) {
        item.written().tryFail(unreadable(e));
      }
      items.poll();
    }
    return true;
  }

  private static MpiException unreadable(RuntimeException cause) {
    return new MpiException(ErrorClass.BUFFER, "the payload cannot be read: " + cause.getMessage(), cause);
  }

  /** How far the consumer is. */
  long taken() {
    return look(RingProducer::taken, 0L);
  }

  /** Whether the consumer has taken all that was sent. */
  boolean isIdle() {
    return over || ring == null || (queue.isIdle() && look(RingProducer::isConsumed, false));
  }

  /** Whether the consumer has taken nothing since the last time that this was asked, though there was something. */
  boolean isStuck() {
    long before = takenWhenAsked;
    takenWhenAsked = isIdle() ? -1 : taken();
    return takenWhenAsked == before && before != -1;
  }

  private <T> T look(Function<RingProducer, T> question, T otherwise) {
    if (!lock.tryLock()) {
      return otherwise;
    }
    try {
      return question.apply(ring);
    } catch (BrokenRingException | InternalError e) {
      onBroken.accept(e);
      return otherwise;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody writes to the ring any more when this returns. Frames that wait stay until the queue is ended. */
  void stop() {
    over = true;
    watch.end();
    waits(false);
    while (!lock.tryClose()) {
      // Whoever has it is in the middle of a copy.
      Thread.onSpinWait();
    }
  }

  long doorbells() {
    return doorbells.sum();
  }

  long frames() {
    return queue.frames() + (long) FRAMES.getOpaque(this);
  }

  long bytes() {
    return queue.bytes() + (long) BYTES.getOpaque(this);
  }
}
