package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.memory.MessageBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Where the bytes of an incoming message go, in packed form. */
public interface Landing {

  /** Bytes in one turn. */
  long SHORT_TURN = 256 << 10;

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
   * How many bytes it takes in one turn of the loop: some microseconds. What is too long for the cache of the processor
   * goes in longer turns, of some ten microseconds, where the copying routines of the JVM write past the cache: that
   * saves a third of the way to the memory (16 MiB in turns of 4 MiB: 460 us, of 256 KiB: 605 us).
   *
   * @param wanted bytes of the whole message
   * @return at least 1
   */
  default long turn(long wanted) {
    return SHORT_TURN;
  }

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

    private static final long PAST_CACHE = 8 << 20;
    private static final long LONG_TURN = 4 << 20;

    @Override
    public long capacity() {
      return segment.byteSize();
    }

    @Override
    public void write(long offset, MemorySegment part) {
      MemorySegment.copy(part, 0, segment, offset, part.byteSize());
    }

    @Override
    public long turn(long wanted) {
      return wanted < PAST_CACHE ? SHORT_TURN : LONG_TURN;
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
