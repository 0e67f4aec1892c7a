package dev.vertxmpi.fileio;

import dev.vertxmpi.memory.Memory;
import java.lang.foreign.MemorySegment;

/**
 * The bytes that an aggregator works on at a time: a piece of its local positions, and a buffer for them.
 *
 * <pre>
 *   local positions    |........|low            high|.......|
 *   buffer                      |0          high-low|
 * </pre>
 */
final class Window implements AutoCloseable {

  private final Memory memory;
  private final long end;
  private long low;
  private long high;

  /**
   * A window, placed nowhere yet.
   *
   * @param bytes of the buffer
   * @param end no window reaches beyond this local position
   */
  Window(long bytes, long end) {
    this.memory = Scratch.allocate(bytes);
    this.end = end;
  }

  void moveTo(long start, long stop) {
    low = start;
    high = Math.min(stop, end);
  }

  long low() {
    return low;
  }

  long high() {
    return high;
  }

  /** Where a local position lies in the buffer. */
  int index(long local) {
    return Math.toIntExact(local - low);
  }

  int length() {
    return Math.toIntExact(high - low);
  }

  /** The buffer; only its first {@link #length()} bytes belong to this window. */
  MemorySegment segment() {
    return memory.segment();
  }

  @Override
  public void close() {
    memory.close();
  }
}
