package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.lang.foreign.MemorySegment;

/** The way out over a connection. Several links share it where they were asked for; the last one ends it. */
final class TcpLink implements Link {

  private final TcpConnection connection;
  private final Outgoing out;
  private final NodeAddress peer;
  private final Promise<Throwable> gone = Promise.promise();
  private volatile boolean closed;

  TcpLink(TcpConnection connection, NodeAddress peer) {
    this.connection = connection;
    this.out = connection.out();
    this.peer = peer;
  }

  @Override
  public String name() {
    return "tcp";
  }

  @Override
  public NodeAddress peer() {
    return peer;
  }

  @Override
  public Future<Void> send(Frame frame) {
    return closed ? refused() : out.send(frame);
  }

  private <T> Future<T> refused() {
    return Future.failedFuture(
        new MpiException(ErrorClass.PROC_FAILED, "the link to the node " + peer.id() + " is closed"));
  }

  @Override
  public boolean trySend(Envelope envelope, MemorySegment memory, long offset, int length) {
    return !closed && out.trySend(envelope, memory, offset, length);
  }

  @Override
  public int frameBytes() {
    return TcpConnection.FRAME_BYTES;
  }

  @Override
  public boolean writeQueueFull() {
    return out.isFull();
  }

  @Override
  public void drainHandler(Handler<Void> handler) {
    out.onDrain(handler);
  }

  @Override
  public void closeHandler(Handler<Throwable> handler) {
    gone.future().onSuccess(handler);
  }

  @Override
  public Future<Void> close() {
    closed = true;
    connection.release(this);
    return gone.future().mapEmpty();
  }

  /** It is over; {@code cause} is null where that is in order. */
  void ended(Throwable cause) {
    closed = true;
    gone.tryComplete(cause);
  }

  @Override
  public long framesSent() {
    return out.framesSent();
  }

  @Override
  public long bytesSent() {
    return out.bytesSent();
  }
}
