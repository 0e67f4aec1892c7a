package dev.vertxmpi.fileio;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import java.lang.foreign.MemorySegment;

/** Buffers of one access. Small ones come from the heap: native memory that threads share is slow to give back. */
final class Scratch {

  private static final long SMALL = 256 << 10;

  private Scratch() {
  }

  static Memory allocate(long bytes) {
    return bytes <= SMALL ? onHeap(bytes) : outside(bytes);
  }

  private static Memory onHeap(long bytes) {
    return Memory.of(MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]));
  }

  /** A rank that gives up in the middle of a collective access would keep the others waiting. */
  private static Memory outside(long bytes) {
    try {
      return Memory.allocate(MemoryKind.HOST, bytes);
    } catch (MpiException e) {
      return onHeap(bytes);
    }
  }
}
