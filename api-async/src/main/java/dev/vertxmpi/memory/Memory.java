package dev.vertxmpi.memory;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiProcedure;
import dev.vertxmpi.spi.MemoryProvider;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A piece of memory that messages, windows and files work on: a segment with a place in it.
 *
 * <pre>
 *   shareable region (may be mapped by other processes of the host)
 *   +--------------------------------------------------------------+
 *   |            | memory: size() bytes             |              |
 *   +--------------------------------------------------------------+
 *   0            region().offset()
 * </pre>
 *
 * <p><b>Who may write.</b> The owner at any time outside an operation on it; the library from the call of an operation
 * until its Future settles; other processes only through a window that covers it. Nobody writes into the private
 * memory of another process.
 *
 * <p><b>Arenas.</b> Memory of {@link #allocate} is counted: {@link #close} frees it when the last operation on it has
 * settled. Wrapped segments ({@link #of}) belong to the caller; an arena that is confined to one thread is refused,
 * because the library works on other threads, and closing a shared arena under an operation fails that operation.
 */
public interface Memory extends AutoCloseable {

  /**
   * Allocates memory, filled with zeros. That of the host lies where other processes of this host and user can map it,
   * from 16 KiB on and where the host has room for that: long messages from it need one copy. May block.
   *
   * @param kind where
   * @param bytes at least 0
   * @return memory that the caller closes
   * @throws MpiException {@link ErrorClass#NO_MEM} where no memory of that kind can be had, saying why;
   *     {@link ErrorClass#SIZE} for a negative size
   */
  @MpiProcedure("MPI_Alloc_mem")
  static Memory allocate(MemoryKind kind, long bytes) {
    if (bytes < 0) {
      throw new MpiException(ErrorClass.SIZE, "bytes must not be negative, but is " + bytes);
    }
    return kind.equals(MemoryKind.HOST) ? HostMemory.allocate(bytes) : MemoryProvider.of(kind).allocate(bytes);
  }

  /**
   * Wraps memory of the caller.
   *
   * @param segment heap or native; not confined to one thread
   * @return memory whose {@link #close} does nothing
   * @throws MpiException {@link ErrorClass#BUFFER} for a segment of a confined or closed arena
   */
  static Memory of(MemorySegment segment) {
    return HostMemory.wrap(segment);
  }

  /**
   * Where it lies.
   *
   * @return the kind
   */
  MemoryKind kind();

  /**
   * Its length.
   *
   * @return bytes
   */
  long size();

  /**
   * Direct access.
   *
   * @return the segment, {@link #size()} bytes
   * @throws MpiException {@link ErrorClass#BUFFER} when closed, {@link ErrorClass#UNSUPPORTED_OPERATION} for memory
   *     that the host cannot address
   */
  MemorySegment segment();

  /**
   * The shareable region that it lies in.
   *
   * @return empty for memory that only this process can reach
   */
  Optional<SharedRegion> region();

  /**
   * For the library: keeps the memory until {@link #release()}.
   *
   * @throws MpiException {@link ErrorClass#BUFFER} when closed
   */
  void retain();

  /** For the library: undoes one {@link #retain()}. */
  void release();

  /** Gives the memory back, when the last operation on it has settled. Does nothing the second time. */
  @Override
  @MpiProcedure("MPI_Free_mem")
  void close();

  /**
   * A place in a region that other processes of the host can map.
   *
   * @param name of the region, known to the host
   * @param offset of the memory in it, in bytes
   */
  record SharedRegion(String name, long offset) {
  }
}
