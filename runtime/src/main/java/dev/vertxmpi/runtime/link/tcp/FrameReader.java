package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.vertx.Stream;
import dev.vertxmpi.spi.link.Envelope;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Cuts what comes from a stream into messages and frames, and hands them on where they lie.
 *
 * <pre>
 *   first, for the handshake           then
 *   +--------+-----------------+       +------------------+-----------------+
 *   | length | message ...     |  ...  | envelope         | payload ...     |  ...
 *   +--------+-----------------+       +------------------+-----------------+
 *    2 bytes   1 to 4096 bytes          80 bytes            0 to 256 KiB
 *
 *   memory   [ handed on | whole and begun ones | free ]
 *                        from                   to
 * </pre>
 *
 * <p>Its memory grows with what comes, up to a little more than the longest frame. A header that announces more ends
 * the connection before anything is reserved for it. Not thread-safe.
 */
final class FrameReader {

  /** Most bytes that are kept for one peer. */
  static final int MOST = 384 << 10;

  private static final int FIRST = 8 << 10;
  private static final int LENGTH = 2;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Takes what has come. */
  interface Taker {

    /** A message of the handshake. */
    void onMessage(byte[] message);

    /** A frame, whose payload lies there until this returns. */
    void onFrame(Envelope envelope, MemorySegment memory, long offset, int length);
  }

  private final Taker taker;
  private MemorySegment memory = Arena.ofAuto().allocate(FIRST, Long.BYTES);
  private long from;
  private long to;
  /** Bytes from the begin of what is next, until it is whole. */
  private int wanted = 1;
  private boolean frames;
  private boolean first = true;
  private boolean stopped;

  FrameReader(Taker taker) {
    this.taker = taker;
  }

  /** The handshake is over. To be called while its last message is handled, or before anything came. */
  void framesFollow() {
    frames = true;
  }

  /** Ignores whatever comes from now on. */
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /**
   * Reads once and hands on what is whole.
   *
   * @param stream from the peer, not trusted
   * @return as {@link Stream#read}
   * @throws IOException where the connection is lost
   * @throws IllegalArgumentException where the bytes are no messages or frames
   */
  int read(Stream stream) throws IOException {
    makeRoom();
    int room = (int) (memory.byteSize() - to);
    int read = stream.read(memory, to, room);
    if (read > 0) {
      to += read;
      cut();
      if (read == room && memory.byteSize() < MOST) {
        grow((int) Math.min(MOST, 4 * memory.byteSize()));
      }
    }
    return read;
  }

  private void makeRoom() {
    if (from == to) {
      from = 0;
      to = 0;
    }
    if (wanted > memory.byteSize()) {
      grow(MOST);
    } else if (from + wanted > memory.byteSize() || to == memory.byteSize()) {
      MemorySegment.copy(memory, from, memory, 0, to - from);
      to -= from;
      from = 0;
    }
  }

  private void grow(int bytes) {
    MemorySegment larger = Arena.ofAuto().allocate(bytes, Long.BYTES);
    MemorySegment.copy(memory, from, larger, 0, to - from);
    to -= from;
    from = 0;
    memory = larger;
  }

  private void cut() {
    while (!stopped && (frames ? frame() : message())) {
      wanted = 1;
    }
    if (stopped) {
      from = to;
    }
  }

  private boolean message() {
    if (to - from < LENGTH) {
      wanted = LENGTH;
      return false;
    }
    int length = Short.toUnsignedInt(memory.get(SHORT, from));
    if (length == 0 || length > Handshake.MOST) {
      throw new IllegalArgumentException("a message of " + length + " bytes in the handshake, but the limit is "
          + Handshake.MOST);
    }
    if (first && !greets(length)) {
      return false;
    }
    wanted = LENGTH + length;
    if (to - from < wanted) {
      return false;
    }
    byte[] message = memory.asSlice(from + LENGTH, length).toArray(ValueLayout.JAVA_BYTE);
    from += wanted;
    first = false;
    taker.onMessage(message);
    return true;
  }

  /** Whether the first message begins as it must; who speaks TLS or HTTP is not waited for. */
  private boolean greets(int length) {
    wanted = LENGTH + Integer.BYTES;
    if (to - from < wanted) {
      return false;
    }
    if (length < Integer.BYTES || memory.get(INT, from + LENGTH) != Handshake.MAGIC) {
      throw new IllegalArgumentException("not a hello: the other side speaks another protocol");
    }
    return true;
  }

  private boolean frame() {
    if (to - from < Envelope.LENGTH) {
      wanted = Envelope.LENGTH;
      return false;
    }
    int length = Envelope.payloadLength(memory, from);
    wanted = Envelope.LENGTH + length;
    if (to - from < wanted) {
      return false;
    }
    Envelope envelope = Envelope.read(memory, from);
    long payload = from + Envelope.LENGTH;
    from += wanted;
    taker.onFrame(envelope, memory, payload, length);
    return true;
  }
}
