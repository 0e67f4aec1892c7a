package dev.vertxmpi.spi.link;

import dev.vertxmpi.process.ContextId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The header of a frame, version 1. Little-endian:
 *
 * <pre>
 *    0        1        2        3        4        5        6        7
 *   +--------+--------+--------+--------+--------+--------+--------+--------+
 *  0| version|  kind  |      flags      |         payload length            |
 *   +--------+--------+-----------------+-----------------------------------+
 *  8|                          context, first half                          |
 * 16|                          context, second half                         |
 *   +-----------------------------------+-----------------------------------+
 * 24|              source               |              target               |
 *   +-----------------------------------+-----------------------------------+
 * 32|               tag                 |       reserved: handle (0)        |
 *   +-----------------------------------+-----------------------------------+
 * 40|                               sequence                                |
 * 48|                  check: fingerprint of a collective, or key           |
 * 56|                  first: depends on the kind                           |
 * 64|                  second: depends on the kind                          |
 * 72|                  reserved (0)                                         |
 * 80+-----------------------------------------------------------------------+
 *   | payload ...
 * </pre>
 *
 * <p>The handle is for a short name of the context, agreed per pair after first contact; 0 says that the full context
 * counts.
 *
 * @param kind what the frame is, a code of the layer above
 * @param flags bits of the kind
 * @param context of the communicator, window or port
 * @param source rank of the sender in that context
 * @param target rank of the receiver in that context
 * @param tag of a message, else 0
 * @param sequence counts frames or collectives, depending on the kind
 * @param check fingerprint of a collective, or hash of its key
 * @param first depends on the kind
 * @param second depends on the kind
 */
public record Envelope(byte kind, short flags, ContextId context, int source, int target, int tag, long sequence,
    long check, long first, long second) {

  /** The version that this library writes, and the only one that it reads. */
  public static final byte VERSION = 1;

  /** Bytes before the payload. */
  public static final int LENGTH = 80;

  /** The longest payload of a frame. Longer data is cut by the layer above. */
  public static final int MAX_PAYLOAD = 256 << 10;

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Writes the header.
   *
   * @param to at least {@link #LENGTH} bytes
   * @param payloadLength bytes that follow
   */
  public void write(MemorySegment to, int payloadLength) {
    write(to, 0, payloadLength);
  }

  /**
   * Writes the header.
   *
   * @param to holds it
   * @param at its first byte; {@link #LENGTH} bytes are written
   * @param payloadLength bytes that follow
   */
  public void write(MemorySegment to, long at, int payloadLength) {
    to.set(ValueLayout.JAVA_BYTE, at, VERSION);
    to.set(ValueLayout.JAVA_BYTE, at + 1, kind);
    to.set(SHORT, at + 2, flags);
    to.set(INT, at + 4, payloadLength);
    to.set(LONG, at + 8, context.high());
    to.set(LONG, at + 16, context.low());
    to.set(INT, at + 24, source);
    to.set(INT, at + 28, target);
    to.set(INT, at + 32, tag);
    to.set(INT, at + 36, 0);
    to.set(LONG, at + 40, sequence);
    to.set(LONG, at + 48, check);
    to.set(LONG, at + 56, first);
    to.set(LONG, at + 64, second);
    to.set(LONG, at + 72, 0);
  }

  /**
   * The length of the payload behind a header.
   *
   * @param header at least {@link #LENGTH} bytes from a peer
   * @return 0 to {@link #MAX_PAYLOAD}
   * @throws IllegalArgumentException for another version or a length out of range
   */
  public static int payloadLength(MemorySegment header) {
    return payloadLength(header, 0);
  }

  /**
   * The length of the payload behind a header.
   *
   * @param from holds the header, from a peer
   * @param at its first byte
   * @return 0 to {@link #MAX_PAYLOAD}
   * @throws IllegalArgumentException for another version or a length out of range
   */
  public static int payloadLength(MemorySegment from, long at) {
    byte version = from.get(ValueLayout.JAVA_BYTE, at);
    if (version != VERSION) {
      throw new IllegalArgumentException("frame of version " + version + ", but this side reads " + VERSION);
    }
    int length = from.get(INT, at + 4);
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new IllegalArgumentException("payload of " + length + " bytes, but the limit is " + MAX_PAYLOAD);
    }
    return length;
  }

  /**
   * Reads a header.
   *
   * @param header at least {@link #LENGTH} bytes from a peer
   * @return the envelope
   * @throws IllegalArgumentException for another version, a length out of range or reserved bits
   */
  public static Envelope read(MemorySegment header) {
    return read(header, 0);
  }

  /**
   * Reads a header.
   *
   * @param from holds the header, from a peer
   * @param at its first byte
   * @return the envelope
   * @throws IllegalArgumentException for another version, a length out of range or reserved bits
   */
  public static Envelope read(MemorySegment from, long at) {
    payloadLength(from, at);
    if (from.get(INT, at + 36) != 0 || from.get(LONG, at + 72) != 0) {
      throw new IllegalArgumentException("reserved bits of the frame are set");
    }
    return new Envelope(from.get(ValueLayout.JAVA_BYTE, at + 1), from.get(SHORT, at + 2),
        new ContextId(from.get(LONG, at + 8), from.get(LONG, at + 16)), from.get(INT, at + 24),
        from.get(INT, at + 28), from.get(INT, at + 32), from.get(LONG, at + 40), from.get(LONG, at + 48),
        from.get(LONG, at + 56), from.get(LONG, at + 64));
  }
}
