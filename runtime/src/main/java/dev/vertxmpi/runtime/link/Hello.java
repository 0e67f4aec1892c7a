package dev.vertxmpi.runtime.link;

import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How an end of a link introduces itself. Little-endian, at most {@link #MOST} bytes:
 *
 * <pre>
 *    0        1        2        3        4        5        6        7
 *   +-----------------------------------+--------+--------+-----------------+
 *  0|            magic "VMPI"           | version|  role  |   reserved (0)  |
 *   +-----------------------------------+--------+--------+-----------------+
 *  8|                                                                       |
 *   |                           nonce, 32 random bytes                      |
 * 32|                                                                       |
 *   +-----------------+-----------------+-----------------------------------+
 * 40| length of key   | length of node  |
 *   +-----------------+-----------------+
 * 44| name of the key, UTF-8 ...        | address of the node, JSON ...
 * </pre>
 *
 * @param role who speaks
 * @param nonce fresh for each attempt
 * @param key name of the secret to prove
 * @param node address of the speaker
 */
record Hello(byte role, byte[] nonce, String key, NodeAddress node) {

  static final byte VERSION = 1;
  static final byte CLIENT = 1;
  static final byte SERVER = 2;
  static final int NONCE = 32;
  static final int MOST = 4096;

  static final int MAGIC = 0x49504D56;
  private static final int FIXED = 44;

  byte[] encode() {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] nodeBytes = node.toJson().encode().getBytes(StandardCharsets.UTF_8);
    int length = FIXED + keyBytes.length + nodeBytes.length;
    if (length > MOST) {
      throw new IllegalArgumentException("a hello of " + length + " bytes, but the limit is " + MOST);
    }
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC).put(VERSION).put(role).putShort((short) 0).put(nonce)
        .putShort((short) keyBytes.length).putShort((short) nodeBytes.length)
        .put(keyBytes).put(nodeBytes).array();
  }

  /** Reads what a peer sent; throws {@link IllegalArgumentException} for anything but a hello. */
  static Hello decode(byte[] bytes) {
    if (bytes.length < FIXED || bytes.length > MOST) {
      throw new IllegalArgumentException("a hello of " + bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt() != MAGIC) {
      throw new IllegalArgumentException("not a hello: the other side speaks another protocol");
    }
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("hello of version " + version + ", but this side reads " + VERSION);
    }
    byte role = in.get();
    if (in.getShort() != 0 || (role != CLIENT && role != SERVER)) {
      throw new IllegalArgumentException("role or reserved bits of the hello are not valid");
    }
    byte[] nonce = new byte[NONCE];
    in.get(nonce);
    int keyLength = Short.toUnsignedInt(in.getShort());
    int nodeLength = Short.toUnsignedInt(in.getShort());
    if (FIXED + keyLength + nodeLength != bytes.length) {
      throw new IllegalArgumentException("the lengths in the hello do not add up");
    }
    String key = text(in.slice(FIXED, keyLength));
    return new Hello(role, nonce, key, node(Arrays.copyOfRange(bytes, FIXED + keyLength, bytes.length)));
  }

  private static String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the name of the key is not UTF-8", e);
    }
  }

  private static NodeAddress node(byte[] json) {
    try {
      return NodeAddress.fromJson(Buffer.buffer(json).toJsonObject());
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("the address in the hello is not a JSON object", e);
    }
  }
}
