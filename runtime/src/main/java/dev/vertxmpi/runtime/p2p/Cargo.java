package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.memory.Memory.SharedRegion;
import dev.vertxmpi.memory.MessageBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** The bytes of an outgoing message, in packed form. */
public interface Cargo {

  /** No bytes. */
  Cargo NONE = of(new byte[0]);

  /**
   * The length.
   *
   * @return bytes
   */
  long length();

  /**
   * A part, to be read until the link has let go of it.
   *
   * @param offset of its first byte
   * @param bytes how many
   * @return the memory itself, or a packed copy
   */
  MemorySegment piece(long offset, long bytes);

  /**
   * Whether the bytes are the library's own and never change, so that their owner need not wait for them.
   *
   * @return true for encoded values
   */
  boolean isOwn();

  /**
   * What the bytes consist of.
   *
   * @return {@link dev.vertxmpi.datatype.Primitive#code()}, 0 where that is of no concern
   */
  default byte type() {
    return 0;
  }

  /**
   * Where the bytes lie in memory that peers of this host can map.
   *
   * @return null where they do not
   */
  default SharedRegion region() {
    return null;
  }

  /**
   * A part of a cargo.
   *
   * @param start of its first byte
   * @param bytes its length
   * @return the part
   */
  default Cargo part(long start, long bytes) {
    return new Part(this, start, bytes);
  }

  /** A part. */
  record Part(Cargo whole, long start, long length) implements Cargo {

    @Override
    public MemorySegment piece(long offset, long bytes) {
      return whole.piece(start + offset, bytes);
    }

    @Override
    public boolean isOwn() {
      return whole.isOwn();
    }

    @Override
    public SharedRegion region() {
      SharedRegion region = whole.region();
      return region == null ? null : new SharedRegion(region.name(), region.offset() + start);
    }
  }

  /**
   * Bytes of the library.
   *
   * @param bytes never changed from now on
   * @return the cargo
   */
  static Cargo of(byte[] bytes) {
    return new Whole(MemorySegment.ofArray(bytes), true, (byte) 0, null);
  }

  /**
   * Bytes in one piece.
   *
   * @param segment all of it
   * @param own whether it never changes from now on
   * @return the cargo
   */
  static Cargo of(MemorySegment segment, boolean own) {
    return new Whole(segment, own, (byte) 0, null);
  }

  /**
   * The data of a buffer.
   *
   * @param buffer contiguous or not
   * @return the cargo: over the buffer itself where that is possible
   */
  static Cargo of(MessageBuffer buffer) {
    Optional<MemorySegment> whole = Packing.contiguous(buffer);
    return whole.isPresent()
        ? new Whole(whole.get(), false, buffer.datatype().signature().code(), region(buffer))
        : new Packed(buffer);
  }

  private static SharedRegion region(MessageBuffer buffer) {
    return buffer.memory().region().map(region -> new SharedRegion(region.name(),
        region.offset() + buffer.offset() + buffer.datatype().trueLowerBound())).orElse(null);
  }

  /** Bytes in one piece. */
  record Whole(MemorySegment segment, boolean isOwn, byte type, SharedRegion region) implements Cargo {

    @Override
    public long length() {
      return segment.byteSize();
    }

    @Override
    public MemorySegment piece(long offset, long bytes) {
      return segment.asSlice(offset, bytes);
    }
  }

  /** Packs piece by piece. */
  record Packed(MessageBuffer buffer) implements Cargo {

    @Override
    public long length() {
      return buffer.bytes();
    }

    @Override
    public MemorySegment piece(long offset, long bytes) {
      MemorySegment packed = MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]);
      Packing.pack(buffer, offset, packed);
      return packed;
    }

    @Override
    public boolean isOwn() {
      return false;
    }

    @Override
    public byte type() {
      return buffer.datatype().signature().code();
    }
  }
}
