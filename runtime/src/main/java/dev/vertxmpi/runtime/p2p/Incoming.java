package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory.SharedRegion;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A message that has come, with its bytes or announced.
 *
 * <pre>
 *   EAGER      arrived --> deliver: copied at once                        --> ended
 *                 '------> kept (a copy) --> deliver, discard
 *   ANNOUNCE   arrived --> deliver: PULL --> DATA ... DATA                --> ended
 *                 |------> deliver, in memory of the sender that is mapped: copied turn by turn, TAKEN --> ended
 *                 |------> discard: PULL of nothing
 *                 '------> vanished: WITHDRAW, or death of the sender
 * </pre>
 */
public final class Incoming {

  private final Messages messages;
  private final Peer peer;
  private final Header header;
  private final long number;
  private final long length;
  /** The bytes of an eager message: the frame's at first, a copy once kept. Null where announced. */
  private MemorySegment bytes;
  /** Among the messages that nobody has taken. */
  private List<Place<Incoming>> places;
  private boolean taken;
  private Landing landing;
  private Ending ending;
  private long wanted;
  private long received;
  private MpiException failure;
  /** Where the sender has it, for us to read; null where it must be sent. */
  private SharedRegion region;
  private MemorySegment source;
  private boolean over;

  Incoming(Messages messages, Peer peer, Envelope envelope, MemorySegment bytes, long length) {
    this.messages = messages;
    this.peer = peer;
    this.header = Header.of(envelope);
    this.number = envelope.second();
    this.bytes = bytes;
    this.length = length;
  }

  /**
   * Who sent it.
   *
   * @return a rank
   */
  public int source() {
    return peer.rank;
  }

  /**
   * What it carries beside its bytes.
   *
   * @return from the peer, unchecked
   */
  public Header header() {
    return header;
  }

  /**
   * How long it is.
   *
   * @return bytes
   */
  public long length() {
    return length;
  }

  List<Place<Incoming>> places() {
    return places;
  }

  void places(List<Place<Incoming>> where) {
    places = where;
  }

  boolean isAnnounced() {
    return bytes == null;
  }

  /** Whether its bytes can be read from the sender's memory. */
  boolean isShared() {
    return region != null;
  }

  void region(SharedRegion place) {
    region = place;
  }

  boolean isTaken() {
    return taken;
  }

  long number() {
    return number;
  }

  /** Copies the bytes out of the frame, which is about to be released. */
  void keep() {
    if (!taken && length > 0) {
      bytes = MemorySegment.ofArray(bytes.toArray(ValueLayout.JAVA_BYTE));
    }
  }

  /**
   * Takes the message, once.
   *
   * @param into gets its bytes, as many as fit
   * @param then may run within this call
   */
  public void deliver(Landing into, Ending then) {
    taken = true;
    landing = into;
    ending = then;
    wanted = Math.min(length, into.capacity());
    if (isShared() && wanted > 0) {
      messages.fetch(this, region);
      return;
    }
    if (isAnnounced()) {
      messages.pull(peer.rank, number, wanted);
    } else {
      write(bytes.asSlice(0, wanted));
      bytes = MemorySegment.NULL;
      messages.consumed(peer, length);
    }
    if (received == wanted) {
      end();
    }
  }

  /** The memory of the sender is mapped; null where it cannot be, and the bytes have to be sent. */
  void mapped(MemorySegment whole) {
    if (over) {
      return;
    }
    if (whole == null || region.offset() > whole.byteSize() - length) {
      region = null;
      messages.pull(peer.rank, number, wanted);
      return;
    }
    source = whole.asSlice(region.offset(), length);
    copy();
  }

  /** The next turn: long copies are not to keep others waiting. */
  private void copy() {
    if (over) {
      return;
    }
    long step = Math.min(landing == null ? Landing.SHORT_TURN : landing.turn(wanted), wanted - received);
    try {
      write(source.asSlice(received, step));
    } catch (InternalError e) {
      // The sender has cut its file short.
      failure = new MpiException(ErrorClass.OTHER, "the sender's memory is gone", e);
    }
    if (received < wanted && failure == null && landing != null) {
      messages.later(this::copy);
      return;
    }
    source = null;
    messages.control(peer.rank, MessageKind.TAKEN, number, 0);
    end();
  }

  /** Lets the message go by. Its sender sees it as received. */
  public void discard() {
    deliver(Landing.NOWHERE, failed -> { });
  }

  /** Forgets the message. The sender of an announced one waits until it gives up by itself. */
  public void drop() {
    taken = true;
    if (isAnnounced()) {
      peer.announced.remove(number);
    } else {
      bytes = MemorySegment.NULL;
      messages.consumed(peer, length);
    }
  }

  /** Stops writing to where the bytes go; what still comes is let go by. */
  public void abandon() {
    landing = null;
  }

  /** Bytes of an announced message. Those that nobody asked for are ignored. */
  void data(long offset, MemorySegment part) {
    if (!taken || offset != received || part.byteSize() == 0 || part.byteSize() > wanted - received) {
      return;
    }
    write(part);
    if (received == wanted) {
      end();
    }
  }

  /** The sender is gone. */
  void lost(MpiException why) {
    failure = why;
    end();
  }

  private void write(MemorySegment part) {
    try {
      if (landing != null && failure == null) {
        landing.write(received, part);
      }
    } catch (MpiException e) {
      failure = e;
    } catch (RuntimeException e) {
      failure = new MpiException(ErrorClass.BUFFER, "the memory cannot be written: " + e.getMessage(), e);
    }
    received += part.byteSize();
  }

  private void end() {
    over = true;
    if (isAnnounced()) {
      peer.announced.remove(number);
    }
    ending.ended(failure);
  }
}
