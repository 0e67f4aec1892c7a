package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.memory.Memory.SharedRegion;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What is told of a message before its bytes go. Little-endian:
 *
 * <pre>
 *    0        1        2        3        4        5        6        7
 *   +-----------------------------------------------------------------------+
 *  0|                        length of the message                          |
 *   +-----------------------------------------------------------------------+
 *  8|            offset of its first byte in a region, if it lies in one    |
 *   +-----------------------------------------------------------------------+
 * 16| name of the region, UTF-8 ...
 * </pre>
 *
 * @param length of the message, in bytes
 * @param region where the receiver may read it; null where it must be sent
 */
record Announcement(long length, SharedRegion region) {

  /** The longest name of a region. */
  static final int MOST_NAME = 255;

  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int PLACE = 2 * Long.BYTES;

  MemorySegment encode() {
    byte[] name = region == null ? new byte[0] : region.name().getBytes(StandardCharsets.UTF_8);
    MemorySegment bytes = MemorySegment.ofArray(new byte[region == null ? Long.BYTES : PLACE + name.length]);
    bytes.set(LONG, 0, length);
    if (region != null) {
      bytes.set(LONG, Long.BYTES, region.offset());
      MemorySegment.copy(name, 0, bytes, ValueLayout.JAVA_BYTE, PLACE, name.length);
    }
    return bytes;
  }

  /** Reads what a peer sent; null for anything but an announcement. */
  static Announcement decode(MemorySegment bytes) {
    long size = bytes.byteSize();
    if (size != Long.BYTES && (size <= PLACE || size > PLACE + MOST_NAME)) {
      return null;
    }
    long length = bytes.get(LONG, 0);
    if (length < 0 || size == Long.BYTES) {
      return length < 0 ? null : new Announcement(length, null);
    }
    long offset = bytes.get(LONG, Long.BYTES);
    String name = new String(bytes.asSlice(PLACE).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    return offset < 0 || offset > Long.MAX_VALUE - length ? null
        : new Announcement(length, new SharedRegion(name, offset));
  }
}
