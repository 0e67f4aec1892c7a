package dev.vertxmpi.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/** Valid encodings, damaged in a few places: bits, numbers, lengths, order. Now and then one as it is, or noise. */
public final class Mutations implements Function<Random, byte[]> {

  private static final int MOST_NOISE = 200;
  private static final int MOST_CHANGES = 4;

  private static final long[] EXTREMES = {0, 1, 2, -1, -2, Byte.MAX_VALUE, Byte.MIN_VALUE, 0xff, Short.MAX_VALUE,
      Short.MIN_VALUE, 0xffff, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffffffffL, Long.MAX_VALUE, Long.MIN_VALUE};

  private final byte[][] valid;

  /** Damages these. */
  public Mutations(byte[]... valid) {
    this.valid = valid.clone();
  }

  @Override
  public byte[] apply(Random random) {
    if (random.nextInt(8) == 0) {
      byte[] noise = new byte[random.nextInt(MOST_NOISE)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] bytes = valid[random.nextInt(valid.length)].clone();
    for (int i = random.nextInt(MOST_CHANGES + 1); i > 0 && bytes.length > 0; i--) {
      bytes = change(random, bytes);
    }
    return bytes;
  }

  private byte[] change(Random random, byte[] bytes) {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(10)) {
      case 0, 1 -> set(bytes, at, bytes[at] ^ 1 << random.nextInt(Byte.SIZE));
      case 2, 3 -> set(bytes, at, random.nextInt());
      case 4 -> Arrays.copyOf(bytes, at);
      case 5 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
      case 6 -> splice(random, bytes, at);
      case 7 -> join(Arrays.copyOf(bytes, at), bytes, Math.min(bytes.length, at + 1 + random.nextInt(8)));
      default -> number(random, bytes);
    };
  }

  private static byte[] set(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    return bytes;
  }

  private byte[] splice(Random random, byte[] bytes, int at) {
    byte[] other = valid[random.nextInt(valid.length)];
    return join(Arrays.copyOf(bytes, at), other, random.nextInt(other.length + 1));
  }

  private static byte[] join(byte[] head, byte[] other, int from) {
    byte[] joined = Arrays.copyOf(head, head.length + other.length - from);
    System.arraycopy(other, from, joined, head.length, other.length - from);
    return joined;
  }

  /** What may be a length becomes an extreme, or nearly the length of what follows, in either byte order. */
  private static byte[] number(Random random, byte[] bytes) {
    int size = Math.min(1 << random.nextInt(4), Integer.highestOneBit(bytes.length));
    int at = random.nextInt(bytes.length - size + 1);
    long value = switch (random.nextInt(3)) {
      case 0 -> bytes.length - at - size + random.nextInt(5) - 2;
      case 1 -> random.nextInt(300);
      default -> EXTREMES[random.nextInt(EXTREMES.length)];
    };
    ByteBuffer.wrap(bytes).put(at, bytes(size, value, random.nextBoolean()));
    return bytes;
  }

  private static byte[] bytes(int size, long value, boolean littleEndian) {
    byte[] eight = ByteBuffer.allocate(Long.BYTES)
        .order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).putLong(value).array();
    return littleEndian ? Arrays.copyOf(eight, size) : Arrays.copyOfRange(eight, Long.BYTES - size, Long.BYTES);
  }
}
