package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Memory of the host in a file that peers of this host and user map. It goes, and its file, with its last user. */
final class SharedMemory implements Memory {

  private final MemorySegment segment;
  private final Arena arena;
  private final Optional<SharedRegion> region;
  private final Runnable onFree;
  /** One for the owner, one for each operation in flight. */
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  SharedMemory(MemorySegment segment, Arena arena, String name, Runnable onFree) {
    this.segment = segment;
    this.arena = arena;
    this.region = Optional.of(new SharedRegion(name, 0));
    this.onFree = onFree;
  }

  @Override
  public MemoryKind kind() {
    return MemoryKind.HOST;
  }

  @Override
  public long size() {
    return segment.byteSize();
  }

  @Override
  public MemorySegment segment() {
    if (!segment.scope().isAlive()) {
      throw closedError();
    }
    return segment;
  }

  @Override
  public Optional<SharedRegion> region() {
    return region;
  }

  @Override
  public void retain() {
    if (holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
      throw closedError();
    }
  }

  @Override
  public void release() {
    if (holders.decrementAndGet() == 0) {
      arena.close();
      onFree.run();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  private static MpiException closedError() {
    return new MpiException(ErrorClass.BUFFER, "the memory is closed");
  }
}
