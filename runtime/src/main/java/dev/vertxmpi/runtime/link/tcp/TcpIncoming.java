package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.FrameParser;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.link.Silence;
import dev.vertxmpi.runtime.vertx.Chunk;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The receiving end of a link: proves who is there, then hands frames on. Runs on the event loop of its socket. */
final class TcpIncoming {

  private static final Logger LOG = Logger.getLogger(TcpIncoming.class.getName());

  /** How long a peer that was told of the end may take to close its socket. */
  private static final long LINGER_MILLIS = 500;

  /** Who makes a link gives up first: it would take being hung up for a death. In failure timeouts. */
  private static final int PATIENCE = 4;

  private final LinkContext context;
  private final NetSocket socket;
  private final Handshake handshake;
  private final FrameParser parser = new FrameParser(this::onMessage, this::onFrame);
  private final Promise<Void> gone = Promise.promise();
  private final Silence silence;
  private volatile boolean known;
  private volatile boolean orderly;
  private Runnable onKnown;
  private Throwable cause;

  TcpIncoming(LinkContext context, NodeAddress self, NetSocket socket) {
    this.context = context;
    this.socket = socket;
    this.handshake = Handshake.server(context.keys(), self);
    this.silence = new Silence(context.vertx(), context.failureTimeout(),
        () -> context.sink().onSilent(handshake.peer()), this::end);
  }

  void begin(Runnable whenKnown, Runnable onEnd) {
    onKnown = whenKnown;
    long deadline = context.vertx().setTimer(Math.max(1, PATIENCE * context.failureTimeout().toMillis()), late -> {
      if (!known) {
        end(new IOException("the handshake took too long"));
      }
    });
    socket.exceptionHandler(this::remember);
    socket.closeHandler(closed -> {
      context.vertx().cancelTimer(deadline);
      silence.stop();
      onEnd.run();
      if (known) {
        context.sink().onClosed(handshake.peer(), orderly ? null
            : cause != null ? cause : new IOException("connection lost"));
      }
      gone.complete();
    });
    Chunk.read(socket, bytes -> {
      try {
        silence.heard();
        parser.handle(bytes);
      } catch (RuntimeException e) {
        end(e);
      }
    });
  }

  private void onMessage(byte[] message) {
    byte[] answer = handshake.receive(message).orElseThrow();
    TcpLink.write(socket, answer);
    if (handshake.isDone()) {
      known = true;
      onKnown.run();
      parser.framesFollow();
    }
  }

  private void onFrame(Frame frame) {
    Envelope envelope = frame.envelope();
    if (envelope.kind() != Control.KIND) {
      context.sink().onFrame(handshake.peer(), frame);
    } else if (envelope.flags() == Control.END) {
      orderly = true;
      parser.stop();
      socket.close().onComplete(done -> { });
    } else if (envelope.flags() == Control.PING) {
      silence.watch(() -> { });
      TcpLink.write(socket, Control.of(Control.PONG));
    } else {
      throw new IllegalArgumentException("control frame " + envelope.flags() + " is not known");
    }
  }

  private void remember(Throwable failure) {
    if (cause == null) {
      cause = failure;
    }
  }

  private void end(Throwable why) {
    remember(why);
    LOG.log(Level.WARNING, "a link from {0} is closed: {1}", new Object[] {
        known ? handshake.peer().id() : socket.remoteAddress(), why.getMessage()});
    parser.stop();
    socket.close().onComplete(done -> { });
  }

  boolean isFrom(NodeId peer) {
    return known && handshake.peer().id().equals(peer);
  }

  void kill() {
    socket.close().onComplete(done -> { });
  }

  /** Tells the other end, and gives it time to read that. */
  Future<Void> close() {
    if (known && !orderly) {
      orderly = true;
      TcpLink.write(socket, Control.of(Control.END));
      long timer = context.vertx().setTimer(LINGER_MILLIS, late -> socket.close().onComplete(done -> { }));
      gone.future().onComplete(done -> context.vertx().cancelTimer(timer));
    } else {
      socket.close().onComplete(done -> { });
    }
    return gone.future();
  }
}
