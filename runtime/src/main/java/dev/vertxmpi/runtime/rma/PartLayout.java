package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Where the bytes of one part lie in a window, relative to the byte that its envelope names: groups of blocks of one
 * length at regular distances.
 *
 * <pre>
 *   on the wire, all numbers {@link Varint}s:
 *
 *   | groups | group 0                                | group 1 ...
 *            | offset | length | count | stride       |
 *            | signed, from the group before          |
 *            |        | bytes of a block, at least 1  |
 *            |        |        | blocks, at least 1   |
 *            |        |        |       | signed; only where count &gt; 1
 * </pre>
 *
 * <p>A strided part of any length is one group of a few bytes. All blocks together have at most
 * {@link Envelope#MAX_PAYLOAD} bytes, in packed order.
 */
final class PartLayout {

  /** Takes blocks. */
  @FunctionalInterface
  interface BlockConsumer {

    /**
     * A block.
     *
     * @param place in the window
     * @param packed in the data
     * @param length in bytes
     */
    void accept(long place, long packed, long length);
  }

  /** A group takes this much of an encoding at least. */
  private static final int SHORTEST_GROUP = 3;

  private static final int FIELDS = 4;

  /** For each group: offset, length, count, stride. */
  private long[] groups = new long[FIELDS];
  private int size;
  private long bytes;

  /** Adds a block behind the others. */
  void add(long offset, long length) {
    bytes += length;
    int last = (size - 1) * FIELDS;
    if (size > 0 && groups[last + 1] == length) {
      long count = groups[last + 2];
      long distance = offset - (groups[last] + (count - 1) * groups[last + 3]);
      if (count == 1 || distance == groups[last + 3]) {
        groups[last + 2] = count + 1;
        groups[last + 3] = distance;
        return;
      }
    }
    append(offset, length, 1, 0);
  }

  private void append(long offset, long length, long count, long stride) {
    int at = size++ * FIELDS;
    if (at == groups.length) {
      groups = Arrays.copyOf(groups, 2 * groups.length);
    }
    groups[at] = offset;
    groups[at + 1] = length;
    groups[at + 2] = count;
    groups[at + 3] = stride;
  }

  /** The length of the data. */
  long bytes() {
    return bytes;
  }

  /** Whether it is a single block, which needs no layout on the wire. */
  boolean isBlock() {
    return size == 1 && groups[2] == 1;
  }

  /** Where the first block begins. */
  long start() {
    return groups[0];
  }

  /** Whether all blocks lie in a window. */
  boolean isWithin(long base, long windowSize) {
    try {
      for (int i = 0; i < size * FIELDS; i += FIELDS) {
        long first = Math.addExact(base, groups[i]);
        long last = Math.addExact(first, Math.multiplyExact(groups[i + 2] - 1, groups[i + 3]));
        if (Math.min(first, last) < 0 || Math.max(first, last) > windowSize - groups[i + 1]) {
          return false;
        }
      }
      return true;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** Visits all blocks in packed order. */
  void forEach(long base, BlockConsumer consumer) {
    long packed = 0;
    for (int i = 0; i < size * FIELDS; i += FIELDS) {
      long place = base + groups[i];
      long length = groups[i + 1];
      for (long block = 0; block < groups[i + 2]; block++) {
        consumer.accept(place, packed, length);
        place += groups[i + 3];
        packed += length;
      }
    }
  }

  int encodedLength() {
    int length = Varint.length(size);
    long before = 0;
    for (int i = 0; i < size * FIELDS; i += FIELDS) {
      length += Varint.length(Varint.fold(groups[i] - before)) + Varint.length(groups[i + 1])
          + Varint.length(groups[i + 2]) + (groups[i + 2] > 1 ? Varint.length(Varint.fold(groups[i + 3])) : 0);
      before = groups[i];
    }
    return length;
  }

  void encode(MemorySegment to) {
    Varint writer = new Varint(to);
    writer.write(size);
    long before = 0;
    for (int i = 0; i < size * FIELDS; i += FIELDS) {
      writer.write(Varint.fold(groups[i] - before));
      writer.write(groups[i + 1]);
      writer.write(groups[i + 2]);
      if (groups[i + 2] > 1) {
        writer.write(Varint.fold(groups[i + 3]));
      }
      before = groups[i];
    }
  }

  /**
   * Reads a layout that came from a peer.
   *
   * @param from stands behind the layout afterwards
   * @return a layout of at most {@link Envelope#MAX_PAYLOAD} bytes
   * @throws IllegalArgumentException where it is malformed or names more bytes than that
   */
  static PartLayout decode(Varint from) {
    PartLayout layout = new PartLayout();
    long number = from.read();
    if (number < 1 || number > from.remaining() / SHORTEST_GROUP) {
      throw new IllegalArgumentException("a layout of " + number + " groups does not fit into the frame");
    }
    long offset = 0;
    for (long i = 0; i < number; i++) {
      offset += Varint.unfold(from.read());
      long length = from.read();
      long count = from.read();
      long left = Envelope.MAX_PAYLOAD - layout.bytes;
      if (length < 1 || length > left || count < 1 || count > left / length) {
        throw new IllegalArgumentException(count + " blocks of " + length + " bytes do not belong into one part");
      }
      layout.append(offset, length, count, count > 1 ? Varint.unfold(from.read()) : 0);
      layout.bytes += length * count;
    }
    return layout;
  }
}
