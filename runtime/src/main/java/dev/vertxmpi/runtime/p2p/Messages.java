package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory.SharedRegion;
import dev.vertxmpi.runtime.node.Outlet;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves messages of any length between ranks, in order, and bounds what a receiver must hold.
 *
 * <pre>
 *   short, and credit left       EAGER ----------------------------->
 *   long, synchronous, or        ANNOUNCE -------------------------->   a header only
 *   no credit left               &lt;------------------------------ PULL   when a receive takes it
 *                                DATA, DATA, ... ------------------->   as fast as link and receiver allow
 * </pre>
 *
 * <p>Both sorts of first frames travel on one link, so messages arrive in the order of the sends. Everything belongs to
 * the domain.
 */
public final class Messages {

  /** Longer messages are announced. */
  static final long EAGER_BYTES = 64 << 10;

  /** How long the receiver of a message that was broken off has to say that it does not read it any more. */
  private static final long GIVE_UP_MILLIS = 200;

  /** Longer messages are read by the receiver itself, where it can map the memory. */
  static final long SHARED_BYTES = 16 << 10;

  /** Up to here it is better to copy than to make the sender wait for the link. */
  public static final long SHORT_BYTES = 4 << 10;

  static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  private final Route route;
  private final int base;
  private final ProgressDomain domain;
  private final Peers peers;
  private final Arrivals arrivals;
  /** Announced and not ended, by number. */
  private final Map<Long, Outgoing> announced = new HashMap<>();
  /** As far as this domain has heard: what a peer sent before is handled before its end. */
  private final BitSet gone = new BitSet();
  private long lastNumber;

  /**
   * No messages yet.
   *
   * @param route between whom
   * @param base first code of the frames
   * @param inbox matches what comes
   */
  public Messages(Route route, int base, Inbox inbox) {
    this.route = route;
    this.base = base;
    this.domain = route.rank().domain();
    this.peers = new Peers(route);
    this.arrivals = new Arrivals(this, base, inbox);
  }

  /**
   * Whether a frame is one of these messages.
   *
   * @param kind of the frame
   * @return true where {@link #onFrame} takes it
   */
  public boolean takes(byte kind) {
    return kind >= base && kind < base + MessageKind.COUNT;
  }

  Route route() {
    return route;
  }

  /**
   * Sends a message.
   *
   * @param dest a rank
   * @param header goes with it
   * @param cargo its bytes, left alone until the end
   * @param synchronous whether it must not end before a receive has taken it
   * @param ending what to do then; may run within this call
   * @return the message, to be withdrawn
   */
  public Outgoing send(int dest, Header header, Cargo cargo, boolean synchronous, Ending ending) {
    long number = ++lastNumber;
    long bytes = cargo.length();
    SharedRegion region = bytes > SHARED_BYTES ? region(dest, cargo) : null;
    boolean eager = !synchronous && region == null && bytes <= EAGER_BYTES && peers.of(dest).take(bytes);
    Outgoing outgoing = new Outgoing(this, dest, number, cargo, ending, !eager, region != null);
    if (gone.get(dest)) {
      ending.ended(Route.gone(dest));
    } else if (eager) {
      sendEager(outgoing, header, cargo, number, ending);
    } else {
      announced.put(number, outgoing);
      post(dest, Frame.of(first(MessageKind.ANNOUNCE, dest, header, number),
          new Announcement(bytes, region).encode()));
    }
    return outgoing;
  }

  /** Where the receiver can read the bytes itself; null where it cannot. */
  private SharedRegion region(int dest, Cargo cargo) {
    SharedRegion region = cargo.region();
    Outlet outlet = region == null ? null : peers.outlet(peers.of(dest));
    return outlet != null && outlet.sharesMemory() ? region : null;
  }

  /** Bytes of a frame of a long message: what suits the link. */
  int frameBytes(int dest) {
    Outlet outlet = peers.outlet(peers.of(dest));
    return outlet == null ? Envelope.MAX_PAYLOAD : outlet.frameBytes();
  }

  /**
   * Sends a short message before this returns, where nothing is in the way: credit, room on the link, no message before
   * it.
   *
   * @param dest a rank
   * @param flags bits of the layer above
   * @param tag of the message
   * @param check signature of the message
   * @param memory holds its bytes, free again afterwards
   * @param offset of the first byte
   * @param length at most {@link #SHORT_BYTES}
   * @return false where nothing was sent
   */
  public boolean sendNow(int dest, short flags, int tag, long check, MemorySegment memory, long offset, int length) {
    Envelope envelope = new Envelope((byte) (base + MessageKind.EAGER), flags, route.outbound(), route.self(), dest,
        tag, 0, check, 0, lastNumber + 1);
    return sendNow(dest, envelope, memory, offset, length);
  }

  /**
   * Sends a message without bytes before this returns, where nothing is in the way.
   *
   * @param dest a rank
   * @param header all that it says
   * @return false where nothing was sent
   */
  public boolean signalNow(int dest, Header header) {
    return sendNow(dest, first(MessageKind.EAGER, dest, header, lastNumber + 1), NOTHING, 0, 0);
  }

  private boolean sendNow(int dest, Envelope envelope, MemorySegment memory, long offset, int length) {
    Peer peer = peers.of(dest);
    Outlet outlet = peers.outlet(peer);
    if (outlet == null || gone.get(dest) || !peer.take(length)) {
      return false;
    }
    if (outlet.trySend(envelope, memory, offset, length)) {
      lastNumber++;
      return true;
    }
    peer.returned(length + Peer.OVERHEAD);
    peer.outlet(null);
    return false;
  }

  private void sendEager(Outgoing outgoing, Header header, Cargo cargo, long number, Ending ending) {
    MemorySegment bytes = cargo.piece(0, cargo.length());
    Envelope envelope = first(MessageKind.EAGER, outgoing.dest(), header, number);
    if (cargo.isOwn() || bytes.byteSize() <= SHORT_BYTES) {
      MemorySegment own = cargo.isOwn() || bytes.byteSize() == 0 ? bytes
          : MemorySegment.ofArray(bytes.toArray(ValueLayout.JAVA_BYTE));
      post(outgoing.dest(), Frame.of(envelope, own));
      ending.ended(null);
    } else {
      hear(outgoing, Frame.of(envelope, bytes));
    }
  }

  private Envelope first(int kind, int dest, Header header, long number) {
    return header.toEnvelope((byte) (base + kind), route.outbound(), route.self(), dest, number);
  }

  /** Sends the next bytes of an announced message. */
  void stream(Outgoing outgoing, long number, long offset, MemorySegment part) {
    hear(outgoing, Frame.of(envelope(outgoing.dest(), MessageKind.DATA, number, offset), part));
  }

  private void hear(Outgoing outgoing, Frame frame) {
    route.send(outgoing.dest(), frame).onComplete(sent ->
        domain.execute(() -> outgoing.landed(sent.failed() ? sent.cause() : null)));
  }

  /** Sends a frame whose fate shows otherwise: where it is lost, so is the peer. */
  private void post(int peer, Frame frame) {
    route.send(peer, frame);
  }

  void control(int peer, int kind, long number, long first) {
    post(peer, Frame.of(envelope(peer, kind, number, first)));
  }

  private Envelope envelope(int peer, int kind, long number, long first) {
    return new Envelope((byte) (base + kind), (short) 0, route.outbound(), route.self(), peer, 0, 0, 0, first, number);
  }

  void pull(int source, long number, long wanted) {
    control(source, MessageKind.PULL, number, wanted);
  }

  /** Reads a message from the memory of its sender, turn by turn. */
  void fetch(Incoming message, SharedRegion region) {
    route.map(message.source(), region.name()).onComplete(mapped ->
        domain.execute(() -> message.mapped(mapped.succeeded() ? mapped.result() : null)));
  }

  /** Goes on with a long piece of work, when others have had their turn. */
  void later(Runnable work) {
    domain.later(work);
  }

  void consumed(Peer peer, long bytes) {
    long amount = peer.consume(bytes);
    if (amount > 0) {
      control(peer.rank, MessageKind.CREDIT, 0, amount);
    }
  }

  /** Ends a message whose memory the receiver may be reading: when it says that it does not, or after a while. */
  void giveUpLater(Outgoing outgoing) {
    route.rank().vertx().setTimer(GIVE_UP_MILLIS, late -> domain.execute(outgoing::giveUp));
  }

  void forget(long number) {
    announced.remove(number);
  }

  /** What a frame that could not be sent means. A process that was declared dead does not blame the peer. */
  MpiException lost(int peer, Throwable cause) {
    return cause instanceof MpiException known && known.errorClass() != ErrorClass.PROC_FAILED
        ? known
        : route.verdict().orElseGet(() -> Route.gone(peer));
  }

  /**
   * A frame has come. Frames that break a rule are dropped.
   *
   * @param from the node that sent it
   * @param frame released here
   */
  public void onFrame(NodeId from, Frame frame) {
    try {
      Envelope envelope = frame.envelope();
      if (route.livesAt(envelope.source(), from)) {
        arrivals.take(peers.of(envelope.source()), envelope, frame.payload());
      }
    } finally {
      frame.release();
    }
  }

  /**
   * A frame has come whose payload lies where the next one will be. Frames that break a rule are dropped.
   *
   * @param from the node that sent it
   * @param envelope the header
   * @param memory holds the payload until this returns
   * @param offset of its first byte
   * @param length its bytes
   */
  public void onFrame(NodeId from, Envelope envelope, MemorySegment memory, long offset, int length) {
    int source = envelope.source();
    if (peers.livesAt(source, from)) {
      arrivals.take(peers.of(source), envelope, memory, offset, length);
    }
  }

  /** PULL, WITHDRAWN and TAKEN: only the receiver of a message may send them. */
  void answered(Peer peer, Envelope envelope) {
    Outgoing outgoing = announced.get(envelope.second());
    if (outgoing != null && outgoing.dest() == peer.rank) {
      switch (envelope.kind() - base) {
        case MessageKind.PULL -> outgoing.pulled(envelope.first());
        case MessageKind.TAKEN -> outgoing.taken();
        default -> outgoing.withdrawn();
      }
    }
  }

  /**
   * A peer is gone: what needs it fails. Messages that have come as a whole stay.
   *
   * @param rank which
   */
  public void departed(int rank) {
    gone.set(rank);
    List.copyOf(announced.values()).stream().filter(outgoing -> outgoing.dest() == rank)
        .forEach(outgoing -> outgoing.abandon(Route.gone(rank)));
    Peer peer = peers.known(rank);
    if (peer != null) {
      arrivals.departed(peer);
    }
  }

  /**
   * Whether a peer is gone, and all that it sent was handled.
   *
   * @param rank of the peer
   * @return true for ever once it is
   */
  public boolean isGone(int rank) {
    return gone.get(rank);
  }
}
