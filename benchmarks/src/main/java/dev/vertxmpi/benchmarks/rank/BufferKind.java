package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import java.lang.foreign.Arena;

/**
 * What messages are sent from and received into. All buffers of a run are of one kind, those of its bookkeeping too: a
 * program that mixes heap and native memory is another measurement.
 */
public enum BufferKind {

  /** {@code Memory.allocate(HOST)}. */
  SHAREABLE {
    @Override
    Room allocate(long bytes) {
      Memory memory = Memory.allocate(MemoryKind.HOST, bytes);
      return new Room(MessageBuffer.of(memory, bytes, Datatype.BYTE), memory::close);
    }
  },

  /** Native memory of the caller, wrapped. */
  NATIVE {
    @Override
    Room allocate(long bytes) {
      Arena arena = Arena.ofShared();
      Memory memory = Memory.of(arena.allocate(bytes, 64));
      return new Room(MessageBuffer.of(memory, bytes, Datatype.BYTE), arena::close);
    }
  },

  /** A {@code double[]}. */
  ARRAY {
    @Override
    Room allocate(long bytes) {
      return new Room(MessageBuffer.of(new double[Math.toIntExact(bytes / Double.BYTES)]), () -> { });
    }
  };

  abstract Room allocate(long bytes);

  /**
   * A buffer and how to give it back.
   *
   * @param buffer as operations take it
   * @param release frees its memory
   */
  record Room(MessageBuffer buffer, Runnable release) implements AutoCloseable {

    @Override
    public void close() {
      release.run();
    }
  }
}
