package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.runtime.vertx.Stream;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A socket between two nodes, for the links of both ways.
 *
 * <pre>
 *   handshake --client: proved------------------.            each way, apart:
 *       '------ server: proved --first OPEN-----+--> open      none --OPEN--> open --END--> ended --OPEN--> open
 *                                                    |         the side that hears END and has no way of its own
 *                                                    |         open hangs up
 *                                        CLOSE, death v
 *                                                  over
 * </pre>
 *
 * <p>A way that is opened later counts when the other side has said OPENED: it may have hung up meanwhile, and then
 * nothing is lost. What happens to the connection as a whole happens on the endpoint's loop; frames are read and
 * written by whoever has the lock of that way: the loop of a rank, the endpoint's, any sender.
 */
final class TcpConnection implements FrameReader.Taker {

  /** Short enough for the receiver to copy one while the next is on its way. */
  static final int FRAME_BYTES = 128 << 10;

  private static final Logger LOG = Logger.getLogger(TcpConnection.class.getName());

  /** How long a peer that was told of the end may take to close its socket. */
  private static final long LINGER_MILLIS = 500;

  /** Who makes a link gives up first: it would take being hung up for a death. In failure timeouts. */
  private static final int PATIENCE = 4;

  /** Whose connection it is. Called on the endpoint's loop. */
  interface Owner {

    /** It was dialled here, and the other side is proved. */
    void proved(TcpConnection connection);

    /** It was dialled there, and the other side is proved, but does not know whether it is taken. */
    void wanted(TcpConnection connection);

    /** The other side has opened the first link. */
    void opened(TcpConnection connection);

    /** It is over; {@code why} is for whoever waits for it. */
    void over(TcpConnection connection, MpiException why);
  }

  private final TcpEndpoint endpoint;
  private final Owner owner;
  private final LinkContext context;
  private final Context loop;
  private final Stream stream;
  private final Handshake handshake;
  private final boolean dialled;
  private final Outgoing out;
  private final Incoming in;
  private final Ways ways;
  private final KeepAlive keepAlive;
  private final boolean watched;
  private Runnable deadline = () -> { };
  private byte[] withheld;
  private boolean answered;
  private volatile boolean orderly;
  private volatile boolean over;
  private volatile Throwable cause;
  private boolean ended;

  TcpConnection(TcpEndpoint endpoint, Owner owner, Stream stream, Handshake handshake, NodeAddress dialled,
      boolean watched) {
    this.endpoint = endpoint;
    this.owner = owner;
    this.context = endpoint.context();
    this.loop = endpoint.loop();
    this.stream = stream;
    this.handshake = handshake;
    this.dialled = dialled != null;
    this.watched = watched;
    this.out = new Outgoing(endpoint, stream, this::lost);
    this.in = new Incoming(stream, this, out, this::lost);
    this.ways = new Ways(this, out);
    this.keepAlive = new KeepAlive(context, this, in, out);
  }

  /** Begins to prove who is there. On the endpoint's loop. */
  void begin() {
    long millis = context.failureTimeout().toMillis() * (dialled ? 1 : PATIENCE);
    deadline = Loops.later(loop, millis, () -> {
      if (!ways.isEstablished()) {
        end(dialled ? new MpiException(ErrorClass.TIMEOUT, "the handshake took too long")
            : new IOException("the handshake took too long"));
      }
    });
    stream.onEvent(in::ready);
    if (dialled) {
      try {
        out.message(handshake.hello());
      } catch (RuntimeException e) {
        end(e);
      }
    }
  }

  NodeAddress peer() {
    return handshake.peer();
  }

  String key() {
    return handshake.key();
  }

  boolean isFrom(NodeId node) {
    NodeAddress known = peer();
    return known != null && known.id().equals(node);
  }

  boolean isDirect() {
    return stream.isDirect();
  }

  Incoming in() {
    return in;
  }

  Outgoing out() {
    return out;
  }

  Ways ways() {
    return ways;
  }

  void moveTo(Context next) {
    if (!over) {
      stream.moveTo(next);
    }
  }

  @Override
  public void onMessage(byte[] message) {
    if (dialled) {
      handshake.receive(message).ifPresent(out::message);
      if (handshake.isDone()) {
        in.framesFollow();
        owner.proved(this);
      }
      return;
    }
    byte[] answer = handshake.receive(message).orElseThrow();
    if (handshake.isDone()) {
      in.framesFollow();
      withheld = answer;
      owner.wanted(this);
    } else {
      out.message(answer);
    }
  }

  /** Lets the peer know that it is accepted. */
  void answer() {
    answered = true;
    out.message(withheld);
  }

  /** Both ends know of the connection. */
  void established() {
    ways.establish();
    deadline.run();
    out.open(peer());
    if (watched) {
      keepAlive.watch();
    }
    endpoint.adopt(this);
  }

  @Override
  public void onFrame(Envelope envelope, MemorySegment memory, long offset, int length) {
    if (envelope.kind() != Control.KIND) {
      if (!ways.isIn()) {
        throw new IllegalArgumentException("a frame came before its link was opened");
      }
      context.sink().onFrame(peer(), envelope, memory, offset, length);
      return;
    }
    switch (envelope.flags()) {
      case Control.OPEN -> {
        if (!ways.isEstablished()) {
          owner.opened(this);
        }
        if (ways.opened()) {
          context.sink().onOpened(peer());
        }
      }
      case Control.OPENED -> ways.confirmed();
      case Control.END -> {
        if (ways.inEnded()) {
          context.sink().onClosed(peer(), null);
          onLoop(ways::leaveWhereEmpty);
        }
      }
      case Control.CLOSE -> {
        orderly = true;
        in.stop();
        onLoop(this::hangUp);
      }
      case Control.PING -> keepAlive.onPing();
      case Control.PONG -> { }
      default -> throw new IllegalArgumentException("control frame " + envelope.flags() + " is not known");
    }
  }

  void onLoop(Runnable action) {
    try {
      loop.runOnContext(now -> action.run());
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "the loop has ended", e);
    }
  }

  void release(TcpLink link) {
    onLoop(() -> ways.release(link));
  }

  /** All that was sent is written: hangs up where the other side does not in time. */
  void linger(long millis) {
    Runnable timer = Loops.later(loop, millis, () -> {
      if (ways.leave() || orderly) {
        hangUp();
      }
    });
    ways.gone().onComplete(done -> timer.run());
  }

  /** Lingers for as long as silence is trusted. */
  void linger() {
    linger(context.failureTimeout().toMillis());
  }

  /** The stream failed, or ended where {@code why} is null. From any thread. */
  private void lost(Throwable why) {
    in.stop();
    onLoop(() -> {
      if (why == null || why instanceof IOException) {
        remember(why);
        hangUp();
      } else {
        end(why);
      }
    });
  }

  private void remember(Throwable failure) {
    if (cause == null) {
      cause = failure;
    }
  }

  /** Ends it for a reason. On the endpoint's loop. */
  void end(Throwable why) {
    if (!over) {
      remember(why);
      if (!dialled || ways.isEstablished()) {
        LOG.log(Level.WARNING, "a connection with {0} is closed: {1}",
            new Object[] {peer() == null ? "a stranger" : peer().id(), why.getMessage()});
      }
      hangUp();
    }
  }

  void kill() {
    onLoop(this::hangUp);
  }

  private void hangUp() {
    over = true;
    in.stop();
    if (ended) {
      return;
    }
    if (!in.tryClose() || !out.tryClose()) {
      // Whoever has it is in the middle of something, perhaps for long.
      Loops.later(loop, 1, this::hangUp);
      return;
    }
    ended = true;
    keepAlive.stop();
    deadline.run();
    stream.close();
    Throwable why = orderly || ways.isEmpty() ? null : cause != null ? cause : new IOException("connection lost");
    owner.over(this, unready());
    out.end(why);
    if (ways.end(why)) {
      context.sink().onClosed(peer(), why);
    }
  }

  boolean isOver() {
    return over;
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

  /** Tells the other end, and gives it time to read that. On the endpoint's loop. */
  Future<Void> close() {
    if (answered && !over && !ways.isEstablished()) {
      // The other side has its link, or will have it in a moment.
      ways.establish();
      out.open(peer());
    }
    if (over || !ways.isEstablished()) {
      remember(new IOException("this node is closing"));
      hangUp();
    } else if (!orderly) {
      orderly = true;
      out.close(Control.CLOSE).onComplete(written -> onLoop(() -> linger(LINGER_MILLIS)));
    }
    return ways.gone();
  }
}
