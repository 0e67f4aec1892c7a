package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocks of several ranks in one message, in the order of the ranks. Little-endian:
 *
 * <pre>
 *   for each rank:   | type (a byte) | length (an int) | bytes |      short blocks
 *                    | type          | -1              |              long ones: they come by themselves
 * </pre>
 *
 * @param block of this rank
 */
record Bundle(Cargo block) implements Reducer {

  /** Longer blocks do not pass through other ranks. */
  private static final int SHORT = 4 << 10;

  private static final int HEAD = 1 + Integer.BYTES;

  @Override
  public Parcel own() {
    int length = block.length() > SHORT ? -1 : (int) block.length();
    byte[] bytes = new byte[HEAD + Math.max(0, length)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).put(block.type()).putInt(length);
    if (length > 0) {
      MemorySegment.copy(block.piece(0, length), 0, MemorySegment.ofArray(bytes), HEAD, length);
    }
    return new Parcel.OfBytes(bytes);
  }

  @Override
  public Parcel empty() {
    return new Parcel.OfBytes(null);
  }

  @Override
  public Parcel combine(Parcel left, Parcel right) {
    byte[] a = ((Parcel.OfBytes) left).bytes();
    byte[] b = ((Parcel.OfBytes) right).bytes();
    return new Parcel.OfBytes(ByteBuffer.allocate(Math.addExact(a.length, b.length)).put(a).put(b).array());
  }

  /** Takes a bundle of all ranks apart. */
  static List<Block> open(Parcel parcel, int size) {
    ByteBuffer bytes = ByteBuffer.wrap(((Parcel.OfBytes) parcel).bytes()).order(ByteOrder.LITTLE_ENDIAN);
    List<Block> blocks = new ArrayList<>();
    while (bytes.remaining() >= HEAD && blocks.size() < size) {
      byte type = bytes.get();
      int length = bytes.getInt();
      if (length < -1 || length > bytes.remaining()) {
        break;
      }
      blocks.add(new Block(type, length, MemorySegment.ofArray(bytes.array())
          .asSlice(bytes.position(), Math.max(0, length))));
      bytes.position(bytes.position() + Math.max(0, length));
    }
    if (blocks.size() != size || bytes.hasRemaining()) {
      throw new MpiException(ErrorClass.INTERN, "a bundle of blocks is malformed");
    }
    return blocks;
  }

  /**
   * The block of a rank.
   *
   * @param type code of its primitive
   * @param length -1 where it is long
   * @param bytes where it is short
   */
  record Block(byte type, int length, MemorySegment bytes) {

    boolean isLong() {
      return length < 0;
    }

    void copyTo(Landing landing, String sender) {
      Misfit.check(landing, length, type, true, sender);
      landing.write(0, bytes);
    }
  }
}
