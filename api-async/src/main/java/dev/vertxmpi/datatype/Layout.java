package dev.vertxmpi.datatype;

import java.util.Arrays;
import java.util.Optional;

/**
 * The type map of a datatype as a tree, so that a billion regular elements take no more room than one.
 *
 * <pre>
 *   Strip    blocks of one primitive at regular distances: a leaf
 *   Repeat   a chain, several times at regular distances
 *   Chain    parts one after another in packed form, anywhere in memory
 * </pre>
 *
 * <p>Sizes are positive throughout, but for {@link #EMPTY}. All arithmetic that builds a layout is checked; what walks
 * one may rely on it.
 */
sealed interface Layout {

  /** No data. */
  Layout EMPTY = new Repeat(0, 1, 0, new Chain(new Layout[0]));

  /** Length of the packed form in bytes. */
  long size();

  /** The lowest byte. */
  long low();

  /** Behind the highest byte. */
  long high();

  /** Whether the bytes lie in one piece and in packed order. */
  boolean isDense();

  Signature signature();

  /** The signature of the first bytes, fewer than all; empty where they end within a primitive. */
  Optional<Signature> prefix(long bytes);

  /** How many strips a walk meets; {@link Long#MAX_VALUE} for more than that. */
  long strips();

  /** The same layout at another place. */
  Layout at(long displacement);

  /** A layout several times, at regular distances. */
  static Layout repeat(long count, long stride, Layout layout) {
    if (count == 0 || layout.size() == 0) {
      return EMPTY;
    }
    if (count == 1) {
      return layout;
    }
    return switch (layout) {
      case Strip strip -> strip.repeat(count, stride);
      case Repeat repeat -> repeat.repeat(count, stride);
    };
  }

  /** Blocks of a primitive. The stride is 0 where there is one block, and never the length of a block. */
  record Strip(long offset, Primitive primitive, long length, long count, long stride) implements Layout {

    public Strip {
      long span = Math.multiplyExact(count - 1, stride);
      long bytes = Math.multiplyExact(length, primitive.size());
      Math.multiplyExact(bytes, count);
      Math.addExact(offset, Math.min(0, span));
      Math.addExact(Math.addExact(offset, Math.max(0, span)), bytes);
    }

    static Strip block(long offset, Primitive primitive, long length) {
      return new Strip(offset, primitive, length, 1, 0);
    }

    long blockBytes() {
      return length * primitive.size();
    }

    /** Where the last block begins. */
    long last() {
      return offset + (count - 1) * stride;
    }

    /** Some of the blocks. */
    Strip blocks(long from, long number) {
      return new Strip(offset + from * stride, primitive, length, number, number == 1 ? 0 : stride);
    }

    Layout repeat(long times, long distance) {
      if (count == 1) {
        return distance == blockBytes()
            ? block(offset, primitive, Math.multiplyExact(length, times))
            : new Strip(offset, primitive, length, times, distance);
      }
      return distance == count * stride
          ? new Strip(offset, primitive, length, Math.multiplyExact(count, times), stride)
          : new Repeat(0, times, distance, new Chain(this));
    }

    @Override
    public long size() {
      return blockBytes() * count;
    }

    @Override
    public long low() {
      return Math.min(offset, last());
    }

    @Override
    public long high() {
      return Math.max(offset, last()) + blockBytes();
    }

    @Override
    public boolean isDense() {
      return count == 1;
    }

    @Override
    public Signature signature() {
      return Signature.of(primitive, length * count);
    }

    @Override
    public Optional<Signature> prefix(long bytes) {
      return bytes % primitive.size() == 0
          ? Optional.of(Signature.of(primitive, bytes / primitive.size()))
          : Optional.empty();
    }

    @Override
    public long strips() {
      return 1;
    }

    @Override
    public Layout at(long displacement) {
      return new Strip(Math.addExact(offset, displacement), primitive, length, count, stride);
    }

    Run toRun() {
      return new Run(offset, primitive, length, count, stride);
    }
  }

  /** A chain several times. The stride is 0 where it is there once. */
  record Repeat(long offset, long count, long stride, Chain body) implements Layout {

    public Repeat {
      long span = Math.multiplyExact(count - 1, stride);
      Math.multiplyExact(count, body.size());
      Math.addExact(Math.addExact(offset, body.low()), Math.min(0, span));
      Math.addExact(Math.addExact(offset, body.high()), Math.max(0, span));
    }

    Layout repeat(long times, long distance) {
      if (count == 1) {
        return new Repeat(offset, times, distance, body);
      }
      return distance == count * stride
          ? new Repeat(offset, Math.multiplyExact(count, times), stride, body)
          : new Repeat(0, times, distance, new Chain(this));
    }

    @Override
    public long size() {
      return count * body.size();
    }

    @Override
    public long low() {
      return offset + body.low() + Math.min(0, (count - 1) * stride);
    }

    @Override
    public long high() {
      return offset + body.high() + Math.max(0, (count - 1) * stride);
    }

    @Override
    public boolean isDense() {
      return body.isDense() && (count == 1 || stride == body.size());
    }

    @Override
    public Signature signature() {
      return body.signature().times(count);
    }

    @Override
    public Optional<Signature> prefix(long bytes) {
      Signature whole = body.signature().times(bytes / body.size());
      return body.prefix(bytes % body.size()).map(whole::then);
    }

    @Override
    public long strips() {
      long each = body.strips();
      return each == 0 || count <= Long.MAX_VALUE / each ? count * each : Long.MAX_VALUE;
    }

    @Override
    public Layout at(long displacement) {
      return body.length() == 0 ? this : new Repeat(Math.addExact(offset, displacement), count, stride, body);
    }
  }

  /** Parts in packed order, with what is worth knowing of them. */
  final class Chain {

    private final Layout[] parts;
    /** Where each part begins in packed form; one entry more than parts. */
    private final long[] starts;
    private final long low;
    private final long high;
    private final long strips;
    private final boolean dense;
    private final Signature signature;

    Chain(Layout... parts) {
      this.parts = parts;
      this.starts = new long[parts.length + 1];
      long lowest = parts.length == 0 ? 0 : Long.MAX_VALUE;
      long highest = parts.length == 0 ? 0 : Long.MIN_VALUE;
      long sum = 0;
      boolean gapless = true;
      Signature all = Signature.EMPTY;
      for (int i = 0; i < parts.length; i++) {
        Layout part = parts[i];
        starts[i + 1] = Math.addExact(starts[i], part.size());
        lowest = Math.min(lowest, part.low());
        gapless &= part.isDense() && (i == 0 || part.low() == parts[i - 1].high());
        highest = Math.max(highest, part.high());
        sum = sum > Long.MAX_VALUE - part.strips() ? Long.MAX_VALUE : sum + part.strips();
        all = all.then(part.signature());
      }
      this.low = lowest;
      this.high = highest;
      this.strips = sum;
      this.dense = gapless;
      this.signature = all;
    }

    int length() {
      return parts.length;
    }

    Layout part(int index) {
      return parts[index];
    }

    /** Where a part begins in packed form. */
    long start(int index) {
      return starts[index];
    }

    /** Which part a packed position lies in. */
    int find(long position) {
      int index = Arrays.binarySearch(starts, position);
      return index >= 0 ? index : -index - 2;
    }

    long size() {
      return starts[parts.length];
    }

    long low() {
      return low;
    }

    long high() {
      return high;
    }

    long strips() {
      return strips;
    }

    boolean isDense() {
      return dense;
    }

    Signature signature() {
      return signature;
    }

    Optional<Signature> prefix(long bytes) {
      Signature whole = Signature.EMPTY;
      int part = 0;
      while (starts[part + 1] <= bytes) {
        whole = whole.then(parts[part].signature());
        part++;
      }
      return parts[part].prefix(bytes - starts[part]).map(whole::then);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Chain chain && signature.equals(chain.signature) && Arrays.equals(parts, chain.parts);
    }

    @Override
    public int hashCode() {
      return signature.hashCode();
    }
  }
}
