package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.FrameParser;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.link.TryLock;
import dev.vertxmpi.runtime.vertx.Chunk;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The receiving end of a link over a ring. Its socket lives on the endpoint's loop; its ring is looked at from there or
 * from the loop of a rank, by one of them at a time.
 */
final class ShmIncoming {

  private static final Logger LOG = Logger.getLogger(ShmIncoming.class.getName());

  /** How long a peer that was told of the end may take to close its socket. */
  private static final long LINGER_MILLIS = 500;

  /** Who makes a link gives up first: it would take being hung up for a death. In failure timeouts. */
  private static final int PATIENCE = 4;

  /** Records and bytes in one go, before others have their turn. */
  private static final int TURN = 256;
  private static final long TURN_BYTES = 512 << 10;

  private final ShmEndpoint endpoint;
  private final LinkContext context;
  private final Context loop;
  private final NetSocket socket;
  private final Handshake handshake;
  private final FrameParser parser = new FrameParser(this::onMessage, frame -> { });
  private final RingConsumer.Taker taker = this::take;
  private final TryLock lock = new TryLock();
  private final Promise<Void> gone = Promise.promise();
  private Runnable onKnown;
  private Runnable onEnd;
  private String name;
  private byte[] nonce;
  private RingFile file;
  private RingConsumer ring;
  private boolean creating;
  private boolean draining;
  private boolean closed;
  private volatile NodeAddress peer;
  private volatile boolean orderly;
  private volatile boolean stopped;
  private volatile Throwable cause;

  ShmIncoming(ShmEndpoint endpoint, NodeAddress self, NetSocket socket) {
    this.endpoint = endpoint;
    this.context = endpoint.context();
    this.loop = endpoint.loop();
    this.socket = socket;
    this.handshake = Handshake.server(context.keys(), self);
  }

  void begin(Runnable whenKnown, Runnable whenOver) {
    onKnown = whenKnown;
    onEnd = whenOver;
    long deadline = context.vertx().setTimer(Math.max(1, PATIENCE * context.failureTimeout().toMillis()), late -> {
      if (peer == null) {
        end(new IOException("the handshake took too long"));
      }
    });
    socket.exceptionHandler(this::remember);
    socket.closeHandler(end -> {
      context.vertx().cancelTimer(deadline);
      closed = true;
      over();
    });
    Chunk.read(socket, bytes -> {
      try {
        parser.handle(bytes);
      } catch (RuntimeException e) {
        end(e);
      }
    });
  }

  private void onMessage(byte[] bytes) {
    if (!handshake.isDone()) {
      ControlMessage.handshake(socket, handshake.receive(bytes).orElseThrow());
      if (handshake.isDone()) {
        create();
      }
      return;
    }
    ControlMessage message = ControlMessage.decode(bytes);
    switch (message.type()) {
      case ControlMessage.ECHO -> admit(message.body());
      case ControlMessage.WAKE -> drain();
      default -> throw new IllegalArgumentException("message " + message.type() + " is not known");
    }
  }

  private void create() {
    name = endpoint.newRingName();
    creating = true;
    endpoint.work().run(() -> {
      RingFile created = endpoint.createRing(name);
      nonce = created.writeNonce(RingDescriptor.CONSUMER_NONCE);
      return created;
    }).onComplete(outcome -> {
      creating = false;
      file = outcome.result();
      if (closed) {
        over();
      } else if (outcome.failed()) {
        end(outcome.cause());
      } else {
        ControlMessage.send(socket, ControlMessage.RING, name);
      }
    });
  }

  private void admit(byte[] echo) {
    if (file == null || peer != null || !MessageDigest.isEqual(nonce, echo)) {
      throw new MpiException(ErrorClass.ACCESS, "the node " + handshake.peer().id() + " does not map the same memory");
    }
    ring = new RingConsumer(file.segment());
    ring.state(RingDescriptor.ASLEEP);
    peer = handshake.peer();
    context.sink().onOpened(peer);
    lock.open();
    onKnown.run();
    endpoint.work().run(() -> Files.deleteIfExists(endpoint.directory().resolve(name)))
        .onComplete(deleted -> {
          if (closed) {
            // A rank that ends as soon as it has begun: the ring is unmapped.
            return;
          }
          tellBell(endpoint.loopBell());
          ControlMessage.send(socket, ControlMessage.READY, file.readNonce(RingDescriptor.PRODUCER_NONCE));
        });
  }

  /** Tells the peer whom to wake; empty for the endpoint's loop. */
  void tellBell(String bell) {
    ControlMessage.send(socket, ControlMessage.BELL, bell);
  }

  /** Whether nothing is there; a guess where another thread polls. */
  boolean isEmpty() {
    try {
      return stopped || ring.isEmpty();
    } catch (IllegalStateException unmapped) {
      return true;
    } catch (InternalError cutOff) {
      // Whoever polls meets it again, and ends the link.
      return false;
    }
  }

  /** Hands on what is there, within a turn. False where nothing was there, or another thread is at it. */
  boolean poll() {
    if (isEmpty() || !lock.tryLock()) {
      return false;
    }
    return pollLocked();
  }

  private boolean pollLocked() {
    boolean any = false;
    boolean space = false;
    try {
      if (!stopped) {
        any = ring.poll(taker, TURN, TURN_BYTES) > 0;
        space = any && ring.producerWaits(false);
      }
    } catch (RuntimeException | InternalError e) {
      stopped = true;
      end(e instanceof InternalError ? new IOException("the peer has cut the ring off", e) : e);
    } finally {
      lock.unlock();
    }
    if (space) {
      tellSpace();
    }
    return any;
  }

  private void tellSpace() {
    ControlMessage.send(socket, ControlMessage.SPACE);
  }

  private boolean take(Envelope envelope, MemorySegment memory, long offset, int length) {
    if (envelope.kind() != Control.KIND) {
      context.sink().onFrame(peer, envelope, memory, offset, length);
      return true;
    }
    if (envelope.flags() != Control.END) {
      throw new IllegalArgumentException("control frame " + envelope.flags() + " is not known");
    }
    orderly = true;
    stopped = true;
    kill();
    return false;
  }

  /** Somebody looks, or must be woken. */
  void state(long state) {
    try {
      ring.state(state);
    } catch (IllegalStateException | InternalError unmapped) {
      // Nobody is there who could read it.
    }
  }

  /** Nobody looks any more, and the producer must wake somebody. False where something has come before it knew. */
  boolean sleep(long state) {
    giveSpace();
    try {
      return ring.sleep(state) || stopped;
    } catch (IllegalStateException unmapped) {
      return true;
    } catch (InternalError cutOff) {
      // Whoever polls meets it again, and ends the link.
      return false;
    }
  }

  /** Tells a producer that waits of the space that it has got. */
  private void giveSpace() {
    if (lock.tryLock()) {
      boolean space;
      try {
        space = ring.producerWaits(true);
      } catch (InternalError cutOff) {
        // Whoever polls meets it again, and ends the link.
        space = false;
      } finally {
        lock.unlock();
      }
      if (space) {
        tellSpace();
      }
    }
  }

  /** On the endpoint's loop: hands on what is there, turn by turn, then sleeps. */
  void drain() {
    if (draining || peer == null || closed) {
      return;
    }
    draining = true;
    endpoint.wakePoller();
    turn();
  }

  private void turn() {
    if (closed) {
      return;
    }
    if (endpoint.poller() == null) {
      state(RingDescriptor.AWAKE);
    }
    if (poll()) {
      loop.runOnContext(next -> turn());
      return;
    }
    draining = false;
    if (endpoint.poller() != null) {
      // It may have come, and gone to sleep, while this thread said that somebody looks.
      endpoint.wakePoller();
      endpoint.lookAgainLater(this);
      return;
    }
    if (!sleep(RingDescriptor.ASLEEP)) {
      drain();
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
        handshake.isDone() ? handshake.peer().id() : "a stranger", why.getMessage()});
    parser.stop();
    kill();
  }

  boolean isFrom(NodeId node) {
    NodeAddress known = peer;
    return known != null && known.id().equals(node);
  }

  void kill() {
    socket.close().onComplete(done -> { });
  }

  /** The socket is closed: hands on what the peer had sent before, then lets go of the memory. */
  private void over() {
    if (creating) {
      return;
    }
    if (peer != null) {
      // Somebody else may be at it, and what was sent before comes first.
      if (!lock.tryLock() || pollLocked() || !lock.tryClose()) {
        loop.runOnContext(again -> over());
        return;
      }
    }
    onEnd.run();
    if (peer != null) {
      context.sink().onClosed(peer, orderly ? null
          : cause != null ? cause : new IOException("the process at the other end is gone"));
    }
    endpoint.work().run(() -> {
      if (file != null) {
        file.close();
        Files.deleteIfExists(endpoint.directory().resolve(name));
      }
      return null;
    }).onComplete(done -> gone.complete());
  }

  /** Tells the other end, and gives it time to read that. */
  Future<Void> close() {
    loop.runOnContext(now -> {
      if (peer != null && !orderly && !closed) {
        orderly = true;
        ControlMessage.send(socket, ControlMessage.END);
        long timer = context.vertx().setTimer(LINGER_MILLIS, late -> kill());
        gone.future().onComplete(done -> context.vertx().cancelTimer(timer));
      } else {
        kill();
      }
    });
    return gone.future();
  }
}
