package dev.vertxmpi.runtime.link.bus;

import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * The body of a message on the event bus, at most {@link #MOST} bytes. Little-endian:
 *
 * <pre>
 *    0        1        2        3        4        5        6        7
 *   +--------+--------+-----------------+-----------------------------------+
 *  0| version|  type  |   reserved (0)  |          length of the body       |
 *   +--------+--------+-----------------+-----------------------------------+
 *  8|                    link, random for each attempt                      |
 *   |                                                                       |
 *   +-----------------------------------------------------------------------+
 * 24|                    node that sends                                    |
 *   |                                                                       |
 *   +-----------------------------------------------------------------------+
 * 40| number: of this DATA, from 0; of the next DATA that an ACK waits for  |
 *   +-----------------------------------------------------------------------+
 * 48| bits: which DATA behind that the sender of an ACK has already         |
 *   +-----------------------------------------------------------------------+
 * 56| body ...
 *
 *   client                       server
 *     | -- HELLO, hello ----------> |        sent again until answered
 *     | <- WELCOME, hello --------- |
 *     | -- PROOF, proof ----------> |        sent again until answered
 *     | <- READY, proof ----------- |
 *     | -- DATA 0, 1, 2 ... ------> |        the bodies are one stream of frames
 *     | <- ACK -------------------- |
 *     | -- PING ------------------> |        when idle; answered by ACK
 *     | <- CLOSE ------------------ |        the link is over, or was never known
 * </pre>
 *
 * @param type one of the constants
 * @param link names it at both ends
 * @param from the node that sends
 * @param number of DATA and ACK
 * @param bits of ACK
 * @param body of HELLO, WELCOME, PROOF, READY, DATA; of CLOSE {@link #ORDERLY} or {@link #BROKEN}
 */
record Packet(byte type, UUID link, NodeId from, long number, long bits, byte[] body) {

  static final byte HELLO = 1;
  static final byte WELCOME = 2;
  static final byte PROOF = 3;
  static final byte READY = 4;
  static final byte DATA = 5;
  static final byte ACK = 6;
  static final byte PING = 7;
  static final byte CLOSE = 8;

  static final byte[] NO_BODY = {};
  static final byte ORDERLY = 0;
  static final byte BROKEN = 1;

  static final int MOST = 64 << 10;
  static final int HEADER = 56;
  /** Bytes of frames in one packet. */
  static final int MOST_DATA = MOST - HEADER;

  private static final byte VERSION = 1;

  Buffer encode() {
    byte[] bytes = new byte[HEADER + body.length];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
        .put(VERSION).put(type).putShort((short) 0).putInt(body.length)
        .putLong(link.getMostSignificantBits()).putLong(link.getLeastSignificantBits())
        .putLong(from.value().getMostSignificantBits()).putLong(from.value().getLeastSignificantBits())
        .putLong(number).putLong(bits).put(body);
    return Buffer.buffer(bytes);
  }

  /** Reads what came on the event bus; throws {@link IllegalArgumentException} for anything but a packet. */
  static Packet decode(Object message) {
    if (!(message instanceof Buffer buffer) || buffer.length() < HEADER || buffer.length() > MOST) {
      throw new IllegalArgumentException("not a packet");
    }
    ByteBuffer in = ByteBuffer.wrap(buffer.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
    byte version = in.get();
    byte type = in.get();
    short reserved = in.getShort();
    int length = in.getInt();
    if (version != VERSION || type < HELLO || type > CLOSE || reserved != 0 || length != buffer.length() - HEADER) {
      throw new IllegalArgumentException("version, type or length of the packet are not valid");
    }
    UUID link = new UUID(in.getLong(), in.getLong());
    NodeId from = new NodeId(new UUID(in.getLong(), in.getLong()));
    long number = in.getLong();
    long bits = in.getLong();
    byte[] body = new byte[length];
    in.get(body);
    return new Packet(type, link, from, number, bits, body);
  }
}
