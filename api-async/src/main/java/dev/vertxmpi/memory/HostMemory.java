package dev.vertxmpi.memory;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.MemoryProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Memory of the host: counted when allocated here, the caller's own when wrapped. */
final class HostMemory implements Memory {

  private static final System.Logger LOG = System.getLogger(HostMemory.class.getName());
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  /** Less is quicker copied than mapped. */
  private static final long LEAST_SHARED = 16 << 10;

  /** Found on first use. */
  private static final class Sharing {
    private static final Optional<MemoryProvider> PROVIDER = MemoryProvider.find(MemoryKind.HOST);
  }

  /** Cache lines do not straddle two allocations, and every primitive is aligned. */
  private static final long ALIGNMENT = 64;

  /** Never started: what it may access, any thread may. */
  private static final Thread ANY_THREAD = Thread.ofPlatform().unstarted(() -> { });

  private final MemorySegment segment;
  /** Null for wrapped memory. */
  private final Arena arena;
  /** One for the owner, one for each operation in flight. */
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  private HostMemory(MemorySegment segment, Arena arena) {
    this.segment = segment;
    this.arena = arena;
  }

  /** Memory that peers of this host can map where that is worth it and can be had, else of this process alone. */
  static Memory allocate(long bytes) {
    Optional<MemoryProvider> sharing = bytes < LEAST_SHARED ? Optional.empty() : Sharing.PROVIDER;
    if (sharing.isPresent()) {
      try {
        return sharing.get().allocate(bytes);
      } catch (MpiException e) {
        if (TOLD.compareAndSet(false, true)) {
          LOG.log(System.Logger.Level.INFO, "memory that other processes cannot map is used instead: {0}",
              e.getMessage());
        }
      }
    }
    return allocatePrivate(bytes);
  }

  private static HostMemory allocatePrivate(long bytes) {
    Arena arena = Arena.ofShared();
    try {
      return new HostMemory(arena.allocate(Math.max(1, bytes), ALIGNMENT).asSlice(0, bytes), arena);
    } catch (OutOfMemoryError | IllegalArgumentException e) {
      arena.close();
      throw new MpiException(ErrorClass.NO_MEM, "the host has no " + bytes + " bytes left", e);
    }
  }

  static HostMemory wrap(MemorySegment segment) {
    if (!segment.isAccessibleBy(ANY_THREAD)) {
      throw new MpiException(ErrorClass.BUFFER, "the segment is confined to one thread, but the library works on "
          + "others: allocate it from Arena.ofShared(), Arena.ofAuto() or Memory.allocate");
    }
    if (!segment.scope().isAlive()) {
      throw new MpiException(ErrorClass.BUFFER, "the arena of the segment is closed");
    }
    return new HostMemory(segment, null);
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
    return Optional.empty();
  }

  @Override
  public void retain() {
    boolean gone = arena != null && holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0;
    if (gone || !segment.scope().isAlive()) {
      throw closedError();
    }
  }

  @Override
  public void release() {
    if (arena != null && holders.decrementAndGet() == 0) {
      arena.close();
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
