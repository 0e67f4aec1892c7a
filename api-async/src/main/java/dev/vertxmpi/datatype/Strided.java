package dev.vertxmpi.datatype;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Copies short blocks at regular distances, staged through an array in pieces: then the loop over the blocks meets one
 * segment only, and the other end is written or read in bulk.
 */
final class Strided {

  static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  /** Longer blocks are as fast one by one. */
  private static final int LONGEST_BLOCK = 256;

  private static final int STAGE = 8 << 10;

  /** Made when first needed. */
  private byte[] stage;

  /** Whether blocks are worth staging. */
  static boolean pays(long blockBytes, long count) {
    return blockBytes <= LONGEST_BLOCK && count > 1;
  }

  /** From blocks to packed. */
  void gather(MemorySegment from, long offset, long stride, int blockBytes, long count, MemorySegment to, long packed) {
    int most = prepare(blockBytes, count);
    for (long done = 0; done < count; done += most) {
      int blocks = (int) Math.min(most, count - done);
      long place = offset + done * stride;
      if (from.isNative()) {
        StridedNative.gather(from, place, stride, blockBytes, stage, blocks);
      } else {
        StridedHeap.gather(from, place, stride, blockBytes, stage, blocks);
      }
      MemorySegment.copy(stage, 0, to, ValueLayout.JAVA_BYTE, packed + done * blockBytes, blocks * blockBytes);
    }
  }

  /** From packed to blocks. */
  void scatter(MemorySegment from, long packed, MemorySegment to, long offset, long stride, int blockBytes,
      long count) {
    int most = prepare(blockBytes, count);
    for (long done = 0; done < count; done += most) {
      int blocks = (int) Math.min(most, count - done);
      MemorySegment.copy(from, ValueLayout.JAVA_BYTE, packed + done * blockBytes, stage, 0, blocks * blockBytes);
      long place = offset + done * stride;
      if (to.isNative()) {
        StridedNative.scatter(stage, to, place, stride, blockBytes, blocks);
      } else {
        StridedHeap.scatter(stage, to, place, stride, blockBytes, blocks);
      }
    }
  }

  /** Makes room and says for how many blocks. */
  private int prepare(int blockBytes, long count) {
    int most = STAGE / blockBytes;
    int needed = (int) Math.min(most, count) * blockBytes;
    if (stage == null || stage.length < needed) {
      stage = new byte[needed];
    }
    return most;
  }
}
