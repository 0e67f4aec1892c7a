package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.SendQueue;
import dev.vertxmpi.runtime.link.SendQueue.Item;
import dev.vertxmpi.runtime.link.TryLock;
import dev.vertxmpi.runtime.vertx.Stream;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What goes out over a connection.
 *
 * <pre>
 *   short, nothing waits   --copied----------------------------.
 *   else                   --&gt; [ queue ] --who has the lock--&gt; [ writer ] --while there is room--&gt; socket
 *   control                --&gt; [ controls ] --before the queue-'
 * </pre>
 *
 * <p>On the loop that polls, the first short frame of a turn goes to the socket at once; those that follow in the same
 * turn go together at its end. Where the socket is full, its event or the loop that polls goes on.
 */
final class Outgoing {

  /** Bytes not yet written from which on bulk waits: a short frame has no more than that before it. */
  private static final long FULL = 256 << 10;

  /** The longest payload that is copied within the call. */
  private static final int SHORT = 16 << 10;

  private static final Queue<Item> NONE = new ArrayDeque<>();

  private final TcpEndpoint endpoint;
  private final Stream stream;
  private final Consumer<Throwable> onLost;
  private final FrameWriter writer;
  private final TryLock lock = new TryLock();
  private final Queue<Envelope> controls = new ConcurrentLinkedQueue<>();
  private final Queue<byte[]> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger hidden = new AtomicInteger();
  private volatile SendQueue queue;
  private volatile boolean requested;
  private volatile boolean waits;
  /** Guarded by the lock, read by anybody. */
  private long frames;
  private long bytes;

  Outgoing(TcpEndpoint endpoint, Stream stream, Consumer<Throwable> onLost) {
    this.endpoint = endpoint;
    this.stream = stream;
    this.onLost = onLost;
    this.writer = new FrameWriter(stream);
    lock.open();
  }

  /** Frames may follow. */
  void open(NodeAddress peer) {
    queue = new SendQueue(endpoint.loop(), peer, this::write, FULL);
  }

  /** Frames may follow again. */
  void reopen() {
    queue.accept();
  }

  /** A message of the handshake. */
  void message(byte[] message) {
    byte[] framed = new byte[2 + message.length];
    framed[0] = (byte) message.length;
    framed[1] = (byte) (message.length >> 8);
    System.arraycopy(message, 0, framed, 2, message.length);
    messages.add(framed);
    flush();
  }

  /** A frame of the connection itself, before all that waits. */
  void control(short what) {
    controls.add(Control.of(what));
    if (stream.isDirect() || stream.isHere()) {
      flush();
    } else {
      stream.execute(this::flush);
    }
  }

  /** The last frame, behind all that waits. */
  Future<Void> close(short what) {
    hidden.incrementAndGet();
    Future<Void> written = queue.add(Frame.of(Control.of(what)));
    queue.refuse();
    flush();
    return written;
  }

  boolean trySend(Envelope envelope, MemorySegment memory, long offset, int length) {
    boolean direct = stream.isDirect();
    if (length > SHORT || !queue.isIdle() || !(direct || stream.isHere()) || !lock.tryLock()) {
      return false;
    }
    boolean sent = false;
    Throwable failure = null;
    List<Runnable> settled = List.of();
    try {
      if (queue.isIdle() && controls.isEmpty()) {
        sent = writer.put(envelope, memory, offset, length);
        if (sent) {
          frames++;
          bytes += Envelope.LENGTH + length;
          TcpPoller poller = endpoint.poller();
          boolean later = waits || (direct && poller != null && poller.sendsLater(this, writer.waiting()));
          if (!later && !writer.write(NONE, settled)) {
            waits = true;
          }
        }
      }
    } catch (IOException e) {
      failure = e;
    } finally {
      lock.unlock();
    }
    VarHandle.fullFence();
    if (failure != null) {
      onLost.accept(failure);
    } else if (requested) {
      flush();
    }
    return sent;
  }

  Future<Void> send(Frame frame) {
    MemorySegment payload = frame.payload();
    try {
      if (trySend(frame.envelope(), payload, 0, (int) payload.byteSize())) {
        return Future.succeededFuture();
      }
    } catch (IllegalStateException | WrongThreadException e) {
      return Future.failedFuture(new MpiException(ErrorClass.BUFFER,
          "the payload cannot be read: " + e.getMessage(), e));
    }
    if (!stream.isDirect()) {
      return queue.send(frame);
    }
    Future<Void> written = queue.add(frame);
    if (!waits || !queue.isFull()) {
      queue.flush();
    }
    return written;
  }

  /** Writes what waits, as far as there is room. */
  void flush() {
    SendQueue frames = queue;
    if (frames != null) {
      frames.flush();
    } else {
      write(NONE);
    }
  }

  private void write(Queue<Item> items) {
    requested = true;
    while (requested && lock.tryLock()) {
      requested = false;
      List<Runnable> settled = new ArrayList<>();
      Throwable failure = null;
      try {
        waits = !(addControls(settled) && writer.write(items, settled));
      } catch (IOException e) {
        failure = e;
      } finally {
        lock.unlock();
      }
      settled.forEach(Runnable::run);
      if (failure != null) {
        onLost.accept(failure);
        return;
      }
      VarHandle.fullFence();
    }
  }

  /** Puts controls behind what was begun. False where the socket is full before they have found room. */
  private boolean addControls(List<Runnable> settled) throws IOException {
    for (byte[] message = messages.poll(); message != null; message = messages.poll()) {
      writer.put(message);
    }
    for (Envelope next = controls.peek(); next != null; next = controls.peek()) {
      if (writer.put(next, MemorySegment.NULL, 0, 0)) {
        controls.remove();
      } else if (!writer.write(NONE, settled)) {
        return false;
      }
    }
    return true;
  }

  /** Whether something waits for room in the socket. */
  boolean waits() {
    return waits;
  }

  boolean isFull() {
    return queue.isFull();
  }

  void onDrain(Handler<Void> handler) {
    queue.onDrain(handler);
  }

  long framesSent() {
    return queue.frames() + frames - hidden.get();
  }

  long bytesSent() {
    return queue.bytes() + bytes - (long) hidden.get() * Envelope.LENGTH;
  }

  boolean tryClose() {
    return lock.tryClose();
  }

  /** Nothing is written any more. */
  void end(Throwable cause) {
    SendQueue frames = queue;
    if (frames != null) {
      frames.end(cause);
      writer.abandon().forEach(item -> item.written().tryFail(frames.ended()));
    }
  }
}
