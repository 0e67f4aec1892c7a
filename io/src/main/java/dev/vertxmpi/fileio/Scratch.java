package dev.vertxmpi.fileio;

import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import java.lang.foreign.MemorySegment;

/** Buffers of one access. Small ones come from the heap: native memory that threads share is slow to give back. */
final class Scratch {

  private static final long SMALL = 256 << 10;

  private Scratch() {
  }

  static Memory allocate(long bytes) {
    return bytes <= SMALL
        ? Memory.of(MemorySegment.ofArray(new byte[(int) bytes]))
        : Memory.allocate(MemoryKind.HOST, bytes);
  }
}
