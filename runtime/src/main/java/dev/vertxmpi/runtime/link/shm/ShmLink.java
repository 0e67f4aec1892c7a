package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.FrameParser;
import dev.vertxmpi.runtime.link.Handshake;
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
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * The sending end of a link over a ring. Its socket lives on the endpoint's loop; frames go by {@link Outgoing}.
 *
 * <pre>
 *   us                                        peer
 *   hello, proof      &lt;--- handshake ---&gt;     hello, proof
 *                     &lt;----- RING -------     makes a file
 *   maps it, ECHO     ------------------&gt;     the nonce that we read there is the one it wrote
 *                     &lt;----- READY ------     the nonce that it reads there is the one we wrote
 *   frames            ====== ring ======&gt;     BELL, SPACE, END, WAKE as need be
 * </pre>
 */
final class ShmLink implements Link {

  /** Short enough for the consumer to read one while the next is written. */
  private static final int FRAME_BYTES = 64 << 10;

  private final ShmEndpoint endpoint;
  private final LinkContext context;
  private final Context loop;
  private final NodeAddress peer;
  private final ShmPlace place;
  private final NetSocket socket;
  private final Outgoing out;
  private final FrameParser parser = new FrameParser(this::onMessage, frame -> { });
  private final Promise<Link> ready = Promise.promise();
  private final Promise<Throwable> gone = Promise.promise();
  private final Promise<Void> released = Promise.promise();
  private Handshake handshake;
  private boolean probing;
  private RingFile file;
  private volatile Bell bell;
  private Bell loopBell;
  private byte[] nonce;
  private volatile boolean orderly;
  private volatile boolean over;
  private Throwable cause;
  ShmLink(ShmEndpoint endpoint, NodeAddress peer, ShmPlace place, NetSocket socket) {
    this.endpoint = endpoint;
    this.context = endpoint.context();
    this.loop = endpoint.loop();
    this.peer = peer;
    this.place = place;
    this.socket = socket;
    this.out = new Outgoing(endpoint, peer, this::broken, this::askToLook);
  }

  /** Proves who is there, then maps the ring. */
  Future<Link> begin(NodeAddress self) {
    return begin(Handshake.client(context.keys(), self, peer));
  }

  /** Proves who is there, and ends. */
  Future<Link> probe(NodeAddress self) {
    probing = true;
    return begin(Handshake.probe(context.keys(), self, peer)).onSuccess(done -> kill());
  }

  private Future<Link> begin(Handshake purpose) {
    handshake = purpose;
    long deadline = context.vertx().setTimer(Math.max(1, context.failureTimeout().toMillis()), late ->
        end(new MpiException(ErrorClass.TIMEOUT, "the handshake took too long")));
    ready.future().onComplete(outcome -> context.vertx().cancelTimer(deadline));
    socket.exceptionHandler(this::remember);
    socket.closeHandler(closed -> over());
    Chunk.read(socket, chunk -> {
      try {
        parser.handle(chunk);
      } catch (RuntimeException e) {
        end(e);
      }
    });
    try {
      ControlMessage.handshake(socket, handshake.hello());
    } catch (RuntimeException e) {
      end(e);
    }
    return ready.future();
  }

  private void onMessage(byte[] bytes) {
    if (!handshake.isDone()) {
      handshake.receive(bytes).ifPresent(answer -> ControlMessage.handshake(socket, answer));
      if (probing && handshake.isDone()) {
        ready.complete(this);
      }
      return;
    }
    ControlMessage message = ControlMessage.decode(bytes);
    switch (message.type()) {
      case ControlMessage.RING -> map(message.text());
      case ControlMessage.READY -> confirm(message.body());
      case ControlMessage.BELL -> openLoopBell(message.text());
      case ControlMessage.SPACE -> out.flush();
      case ControlMessage.END -> {
        orderly = true;
        parser.stop();
        kill();
      }
      default -> throw new IllegalArgumentException("message " + message.type() + " is not known");
    }
  }

  private void map(String name) {
    if (file != null || nonce != null) {
      throw new IllegalArgumentException("a second ring");
    }
    nonce = new byte[0];
    Path path = place.file(name);
    endpoint.work().run(() -> {
      place.check(endpoint.directory());
      RingFile opened = RingFile.open(path);
      try {
        bell = Bell.open(place.file(ShmPlace.BELL));
      } catch (IOException | RuntimeException e) {
        opened.close();
        throw e;
      }
      return opened;
    }).onComplete(outcome -> {
      if (outcome.failed()) {
        end(outcome.cause());
        return;
      }
      file = outcome.result();
      if (over) {
        release();
        return;
      }
      nonce = file.writeNonce(RingDescriptor.PRODUCER_NONCE);
      ControlMessage.send(socket, ControlMessage.ECHO, file.readNonce(RingDescriptor.CONSUMER_NONCE));
    });
  }

  private void confirm(byte[] answer) {
    if (file == null || out.isOpen() || !MessageDigest.isEqual(nonce, answer)) {
      throw new MpiException(ErrorClass.ACCESS, "the node " + peer.id() + " does not map the same memory");
    }
    out.open(new RingProducer(file.segment()), bell);
    ready.complete(this);
  }

  private void openLoopBell(String name) {
    Bell old = loopBell;
    loopBell = null;
    out.loopBell(null);
    Future<Bell> opened = name.isEmpty() ? Future.succeededFuture()
        : endpoint.work().run(() -> Bell.open(place.file(name)), true);
    opened.onComplete(outcome -> {
      if (outcome.succeeded() && !over) {
        loopBell = outcome.result();
        out.loopBell(loopBell);
      } else if (outcome.succeeded() && outcome.result() != null) {
        outcome.result().close();
      }
      if (old != null) {
        old.close();
      }
    });
  }

  @Override
  public boolean trySend(Envelope envelope, MemorySegment memory, long offset, int length) {
    return out.trySend(envelope, memory, offset, length);
  }

  @Override
  public Future<Void> send(Frame frame) {
    return out.send(frame);
  }

  Outgoing out() {
    return out;
  }

  private void broken(Throwable why) {
    loop.runOnContext(now -> end(new IOException("the ring is broken: " + why.getMessage(), why)));
  }

  private void askToLook() {
    loop.runOnContext(now -> {
      if (!over) {
        ControlMessage.send(socket, ControlMessage.WAKE);
      }
    });
  }

  private void remember(Throwable failure) {
    if (cause == null) {
      cause = failure;
    }
  }

  void end(Throwable why) {
    remember(why);
    parser.stop();
    kill();
  }

  private void over() {
    over = true;
    out.stop();
    Throwable why = orderly ? null : cause != null ? cause : new IOException("the process at the other end is gone");
    out.queue().end(why);
    ready.tryFail(unready());
    gone.complete(why);
    if (file != null) {
      release();
    } else {
      released.complete();
    }
  }

  private void release() {
    endpoint.work().run(() -> {
      file.close();
      for (Bell open : new Bell[] {bell, loopBell}) {
        if (open != null) {
          open.close();
        }
      }
      return null;
    }).onComplete(done -> released.tryComplete());
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
    return ShmPlace.LINK;
  }

  @Override
  public NodeAddress peer() {
    return peer;
  }

  @Override
  public int frameBytes() {
    return FRAME_BYTES;
  }

  @Override
  public boolean sharesMemory() {
    return true;
  }

  @Override
  public boolean writeQueueFull() {
    return out.queue().isFull();
  }

  @Override
  public void drainHandler(Handler<Void> handler) {
    out.queue().onDrain(handler);
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
      if (over) {
        return;
      }
      if (!ready.future().succeeded()) {
        end(new IOException("this node is closing"));
      } else if (!orderly) {
        orderly = true;
        // The receiver closes the socket when it has come to this.
        send(Frame.of(Control.of(Control.END)));
        out.queue().refuse();
        long timer = context.vertx().setTimer(Math.max(1, context.failureTimeout().toMillis()), late -> kill());
        gone.future().onComplete(done -> context.vertx().cancelTimer(timer));
      }
    });
    return gone.future().transform(ended -> released.future());
  }

  @Override
  public long doorbellsRung() {
    return out.doorbells();
  }

  @Override
  public long framesSent() {
    return out.frames();
  }

  @Override
  public long bytesSent() {
    return out.bytes();
  }
}
