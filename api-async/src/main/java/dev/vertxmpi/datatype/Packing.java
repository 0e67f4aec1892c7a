package dev.vertxmpi.datatype;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiProcedure;
import dev.vertxmpi.memory.MessageBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Copies data between its places in a buffer and the packed form: without gaps, in the order of the type map, in the
 * byte order of the machine. Any part of the packed form can be copied by itself, so long buffers go piece by piece.
 */
public final class Packing {

  private Packing() {
  }

  /**
   * Packs a part of a buffer.
   *
   * @param from the buffer
   * @param packedPosition first byte of its packed form
   * @param to filled to its end
   * @throws MpiException {@link ErrorClass#BUFFER} where the packed form ends before; that of
   *     {@link dev.vertxmpi.memory.Memory#segment()}
   */
  @MpiProcedure("MPI_Pack")
  public static void pack(MessageBuffer from, long packedPosition, MemorySegment to) {
    long length = to.byteSize();
    check(from, packedPosition, length);
    if (length > 0) {
      LayoutWalk.walk(from.datatype(), from.offset(), packedPosition, length,
          new Packer(from.memory().segment(), to));
    }
  }

  /**
   * Unpacks a part of a buffer. Gaps stay as they are.
   *
   * @param from all of it is used
   * @param into the buffer
   * @param packedPosition first byte of its packed form
   * @throws MpiException {@link ErrorClass#BUFFER} where the packed form ends before; that of
   *     {@link dev.vertxmpi.memory.Memory#segment()}
   */
  @MpiProcedure("MPI_Unpack")
  public static void unpack(MemorySegment from, MessageBuffer into, long packedPosition) {
    long length = from.byteSize();
    check(into, packedPosition, length);
    if (length > 0) {
      LayoutWalk.walk(into.datatype(), into.offset(), packedPosition, length,
          new Unpacker(from, into.memory().segment()));
    }
  }

  /**
   * The packed form itself, where the buffer holds it already.
   *
   * @param buffer any
   * @return its data in one piece, not copied; empty where there are gaps or another order
   */
  public static Optional<MemorySegment> contiguous(MessageBuffer buffer) {
    Datatype type = buffer.datatype();
    long bytes = buffer.bytes();
    if (bytes == 0) {
      return Optional.of(MemorySegment.NULL);
    }
    boolean whole = type.layout().isDense() && (buffer.count() == 1 || type.extent() == type.size());
    return whole
        ? Optional.of(buffer.memory().segment().asSlice(buffer.offset() + type.trueLowerBound(), bytes))
        : Optional.empty();
  }

  private static void check(MessageBuffer buffer, long position, long length) {
    if (position < 0 || position > buffer.bytes() - length) {
      throw new MpiException(ErrorClass.BUFFER, length + " packed bytes from " + position
          + " on are not all among the " + buffer.bytes() + " of the buffer");
    }
  }

  private static final class Packer implements LayoutWalk.Visitor {

    private final MemorySegment source;
    private final MemorySegment packed;
    private final Strided strided = new Strided();
    private long position;

    Packer(MemorySegment source, MemorySegment packed) {
      this.source = source;
      this.packed = packed;
    }

    @Override
    public void block(long offset, long bytes) {
      MemorySegment.copy(source, offset, packed, position, bytes);
      position += bytes;
    }

    @Override
    public void blocks(long offset, long blockBytes, long count, long stride) {
      if (Strided.pays(blockBytes, count)) {
        strided.gather(source, offset, stride, (int) blockBytes, count, packed, position);
        position += blockBytes * count;
      } else {
        LayoutWalk.Visitor.super.blocks(offset, blockBytes, count, stride);
      }
    }
  }

  private static final class Unpacker implements LayoutWalk.Visitor {

    private final MemorySegment packed;
    private final MemorySegment target;
    private final Strided strided = new Strided();
    private long position;

    Unpacker(MemorySegment packed, MemorySegment target) {
      this.packed = packed;
      this.target = target;
    }

    @Override
    public void block(long offset, long bytes) {
      MemorySegment.copy(packed, position, target, offset, bytes);
      position += bytes;
    }

    @Override
    public void blocks(long offset, long blockBytes, long count, long stride) {
      if (Strided.pays(blockBytes, count)) {
        strided.scatter(packed, position, target, offset, stride, (int) blockBytes, count);
        position += blockBytes * count;
      } else {
        LayoutWalk.Visitor.super.blocks(offset, blockBytes, count, stride);
      }
    }
  }
}
