package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.FrameParser;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.link.SendQueue;
import dev.vertxmpi.runtime.link.Silence;
import dev.vertxmpi.runtime.vertx.Chunk;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The sending end of a link over a socket.
 *
 * <pre>
 *   send, any thread --> [ queue ] --one run on the loop--> small frames together, large ones with their memory
 * </pre>
 */
final class TcpLink implements Link {

  private final LinkContext context;
  private final Context loop;
  private final NodeAddress peer;
  private final NetSocket socket;
  private final SendQueue queue;
  private final FrameParser parser = new FrameParser(this::onMessage, this::onFrame);
  private final Promise<Link> ready = Promise.promise();
  private final Promise<Throwable> gone = Promise.promise();
  private final Silence silence;
  private Handshake handshake;
  private boolean orderly;
  private Throwable cause;

  TcpLink(LinkContext context, Context loop, NodeAddress peer, NetSocket socket) {
    this.context = context;
    this.loop = loop;
    this.peer = peer;
    this.socket = socket;
    this.queue = new SendQueue(loop, peer, new FrameWriter(socket)::write);
    this.silence = new Silence(context.vertx(), context.failureTimeout(), () -> context.sink().onSilent(peer),
        this::end);
  }

  /** Proves who is there; {@code watched} where the peer may vanish without a closed socket. */
  Future<Link> begin(NodeAddress self, boolean watched) {
    return begin(Handshake.client(context.keys(), self, peer)).onSuccess(done -> {
      parser.framesFollow();
      if (watched) {
        silence.watch(() -> write(socket, Control.of(Control.PING)));
      }
    });
  }

  /** Proves who is there, and ends. */
  Future<Link> probe(NodeAddress self) {
    return begin(Handshake.probe(context.keys(), self, peer)).onSuccess(done -> kill());
  }

  private Future<Link> begin(Handshake purpose) {
    handshake = purpose;
    long deadline = context.vertx().setTimer(Math.max(1, context.failureTimeout().toMillis()), late ->
        end(new MpiException(ErrorClass.TIMEOUT, "the handshake took too long")));
    ready.future().onComplete(outcome -> context.vertx().cancelTimer(deadline));
    socket.exceptionHandler(this::remember);
    socket.closeHandler(closed -> over());
    Chunk.read(socket, bytes -> {
      try {
        silence.heard();
        parser.handle(bytes);
      } catch (RuntimeException e) {
        end(e);
      }
    });
    try {
      write(socket, handshake.hello());
    } catch (RuntimeException e) {
      end(e);
    }
    return ready.future();
  }

  private void onMessage(byte[] message) {
    handshake.receive(message).ifPresent(answer -> write(socket, answer));
    if (handshake.isDone()) {
      ready.complete(this);
    }
  }

  private void onFrame(Frame frame) {
    switch (frame.envelope().kind() == Control.KIND ? frame.envelope().flags() : 0) {
      case Control.END -> {
        orderly = true;
        parser.stop();
        kill();
      }
      case Control.PONG -> { }
      default -> throw new IllegalArgumentException("a frame came on the way back");
    }
  }

  /** A message of the handshake: length, then bytes. */
  static void write(NetSocket socket, byte[] message) {
    socket.write(Buffer.buffer(2 + message.length).appendShortLE((short) message.length).appendBytes(message))
        .onComplete(done -> { });
  }

  static Future<Void> write(NetSocket socket, Envelope control) {
    byte[] header = new byte[Envelope.LENGTH];
    control.write(MemorySegment.ofArray(header), 0);
    return socket.write(Buffer.buffer(header));
  }

  private void remember(Throwable failure) {
    if (cause == null) {
      cause = failure;
    }
  }

  private void end(Throwable why) {
    remember(why);
    parser.stop();
    kill();
  }

  private void over() {
    silence.stop();
    Throwable why = orderly ? null : cause != null ? cause : new IOException("connection lost");
    queue.end(why);
    ready.tryFail(unready());
    gone.complete(why);
  }

  /** A node that hangs up is there; it does not accept our key, is closing or had no patience with us. */
  private MpiException unready() {
    if (cause == null) {
      return new MpiException(ErrorClass.ACCESS, "the node closed the connection during the handshake: it does not "
          + "accept our key, or is closing");
    }
    return cause instanceof MpiException known ? known
        : new MpiException(cause instanceof IOException ? ErrorClass.ACCESS : ErrorClass.PROC_FAILED,
            String.valueOf(cause.getMessage()));
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
    return queue.send(frame);
  }

  @Override
  public boolean writeQueueFull() {
    return queue.isFull();
  }

  @Override
  public void drainHandler(Handler<Void> handler) {
    queue.onDrain(handler);
  }

  @Override
  public void closeHandler(Handler<Throwable> handler) {
    gone.future().onSuccess(handler);
  }

  void kill() {
    socket.close().onComplete(done -> { });
  }

  @Override
  public Future<Void> close() {
    loop.runOnContext(now -> {
      if (!ready.future().succeeded()) {
        end(new IOException("this node is closing"));
      } else if (!orderly) {
        orderly = true;
        queue.flush();
        queue.refuse();
        long timer = context.vertx().setTimer(Math.max(1, context.failureTimeout().toMillis()), late -> kill());
        gone.future().onComplete(done -> context.vertx().cancelTimer(timer));
        write(socket, Control.of(Control.END)).onComplete(written -> kill());
      }
    });
    return gone.future().mapEmpty();
  }

  @Override
  public long framesSent() {
    return queue.frames();
  }

  @Override
  public long bytesSent() {
    return queue.bytes();
  }
}
