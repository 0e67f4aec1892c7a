package dev.vertxmpi.benchmarks.parts;

import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MessageBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Every second double, beside a copy of as many bytes in one piece. Native memory. */
@State(Scope.Thread)
public class Strided {

  /** Bytes of the packed form. */
  @Param("65536")
  public int size;

  private MemorySegment packed;
  private MemorySegment whole;
  private MessageBuffer strided;

  /** For JMH. */
  public Strided() {
  }

  /** Takes memory. */
  @Setup
  public void allocate() {
    Arena arena = Arena.ofAuto();
    packed = arena.allocate(size, 64);
    whole = arena.allocate(size, 64);
    strided = MessageBuffer.of(Memory.of(arena.allocate(2L * size, 64)), 1,
        Datatype.vector(size / Double.BYTES, 1, 2, Datatype.DOUBLE));
  }

  /**
   * Packs.
   *
   * @return the packed form
   */
  @Benchmark
  public MemorySegment pack() {
    Packing.pack(strided, 0, packed);
    return packed;
  }

  /**
   * Unpacks.
   *
   * @return the buffer
   */
  @Benchmark
  public MessageBuffer unpack() {
    Packing.unpack(packed, strided, 0);
    return strided;
  }

  /**
   * Copies.
   *
   * @return the copy
   */
  @Benchmark
  public MemorySegment copy() {
    MemorySegment.copy(whole, 0, packed, 0, size);
    return packed;
  }
}
