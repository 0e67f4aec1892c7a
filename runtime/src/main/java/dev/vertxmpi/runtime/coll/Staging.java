package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory of the library for data on its way. The garbage collector frees it. */
final class Staging {

  /** Longer than this does not go into an array well. */
  private static final long MOST_HEAP = 1L << 30;

  private Staging() {
  }

  static MemorySegment allocate(long bytes) {
    try {
      return bytes <= MOST_HEAP
          ? MemorySegment.ofArray(new byte[(int) bytes])
          : Arena.ofAuto().allocate(bytes, Long.BYTES);
    } catch (OutOfMemoryError e) {
      throw new MpiException(ErrorClass.NO_MEM, "there are no " + bytes + " bytes left for data on its way", e);
    }
  }

  static MemorySegment copy(MemorySegment from) {
    return allocate(from.byteSize()).copyFrom(from);
  }
}
