package dev.vertxmpi.runtime.link.local;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.FrameSink;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Hands frames to a node of the same JVM, by reference, on the thread of the sender.
 *
 * <p>It has no queue, so it is never full: how much lies unread at the receiver is bounded by the credit of the layer
 * above.
 */
public final class LocalLink implements Link {

  private record End(Throwable cause) {
  }

  private final NodeAddress self;
  private final NodeAddress peer;
  private final FrameSink sink;
  private final Consumer<LocalLink> onEnd;
  private final Moved moved = new Moved();
  private final AtomicReference<End> end = new AtomicReference<>();
  private final Promise<Throwable> gone = Promise.promise();

  /**
   * A link.
   *
   * @param self who sends
   * @param peer who receives
   * @param sink of the peer
   * @param onEnd runs once when the link is over
   */
  public LocalLink(NodeAddress self, NodeAddress peer, FrameSink sink, Consumer<LocalLink> onEnd) {
    this.self = self;
    this.peer = peer;
    this.sink = sink;
    this.onEnd = onEnd;
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public NodeAddress peer() {
    return peer;
  }

  boolean isBetween(NodeId one, NodeId other) {
    return Set.of(self.id(), peer.id()).equals(Set.of(one, other));
  }

  @Override
  public Future<Void> send(Frame frame) {
    if (end.get() != null) {
      return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "the link to " + peer.id() + " is closed"));
    }
    long length = frame.payload().byteSize();
    moved.frame(Envelope.LENGTH + length);
    Promise<Void> settled = null;
    Frame handed = frame;
    if (length > 0) {
      Promise<Void> promise = Promise.promise();
      handed = new Frame(frame.envelope(), frame.payload(), () -> {
        frame.release();
        promise.tryComplete();
      });
      settled = promise;
    }
    try {
      sink.onFrame(self, handed);
    } catch (RuntimeException e) {
      end(e);
      return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "the link to " + peer.id() + " died", e));
    }
    return settled == null ? Future.succeededFuture() : settled.future();
  }

  @Override
  public boolean trySend(Envelope envelope, MemorySegment memory, long offset, int length) {
    if (end.get() != null) {
      return false;
    }
    moved.frame(Envelope.LENGTH + length);
    try {
      sink.onFrame(self, envelope, memory, offset, length);
    } catch (RuntimeException e) {
      end(e);
    }
    return true;
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public void drainHandler(Handler<Void> handler) {
    handler.handle(null);
  }

  @Override
  public void closeHandler(Handler<Throwable> handler) {
    gone.future().onSuccess(handler);
  }

  @Override
  public Future<Void> close() {
    end(null);
    return Future.succeededFuture();
  }

  /** Ends the link once; {@code cause} is null for an orderly end. */
  void end(Throwable cause) {
    if (end.compareAndSet(null, new End(cause))) {
      onEnd.accept(this);
      sink.onClosed(self, cause);
      gone.complete(cause);
    }
  }

  @Override
  public long framesSent() {
    return moved.frames();
  }

  @Override
  public long bytesSent() {
    return moved.bytes();
  }
}
