package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.memory.MessageBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Where the bytes of an incoming message go, in packed form. */
public interface Landing {

  /** Takes no bytes. */
  Landing NOWHERE = into(MemorySegment.ofArray(new byte[0]));

  /**
   * How many bytes it takes. Of a longer message only the beginning comes.
   *
   * @return bytes
   */
  long capacity();

  /**
   * Takes the next bytes. Parts come in order.
   *
   * @param offset of the first, in the message
   * @param part at most the rest of the capacity, not kept
   */
  void write(long offset, MemorySegment part);

  /**
   * What the bytes must consist of.
   *
   * @return {@link dev.vertxmpi.datatype.Primitive#code()}, 0 where that is of no concern
   */
  default byte type() {
    return 0;
  }

  /**
   * A part of a landing.
   *
   * @param start of its first byte
   * @param bytes its length
   * @return the part
   */
  default Landing part(long start, long bytes) {
    return new Part(this, start, bytes);
  }

  /** A part. */
  record Part(Landing whole, long start, long capacity) implements Landing {

    @Override
    public void write(long offset, MemorySegment part) {
      whole.write(start + offset, part);
    }
  }

  /**
   * Into memory in one piece.
   *
   * @param segment where to
   * @return the landing
   */
  static Landing into(MemorySegment segment) {
    return new Whole(segment, (byte) 0);
  }

  /**
   * Into a buffer.
   *
   * @param buffer contiguous or not
   * @return the landing
   */
  static Landing into(MessageBuffer buffer) {
    Optional<MemorySegment> whole = Packing.contiguous(buffer);
    return whole.isPresent()
        ? new Whole(whole.get(), buffer.datatype().signature().code())
        : new Unpacked(buffer);
  }

  /** Memory in one piece. */
  record Whole(MemorySegment segment, byte type) implements Landing {

    @Override
    public long capacity() {
      return segment.byteSize();
    }

    @Override
    public void write(long offset, MemorySegment part) {
      MemorySegment.copy(part, 0, segment, offset, part.byteSize());
    }
  }

  /** Unpacks piece by piece. */
  record Unpacked(MessageBuffer buffer) implements Landing {

    @Override
    public long capacity() {
      return buffer.bytes();
    }

    @Override
    public void write(long offset, MemorySegment part) {
      Packing.unpack(part, buffer, offset);
    }

    @Override
    public byte type() {
      return buffer.datatype().signature().code();
    }
  }
}
