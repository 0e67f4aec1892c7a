package dev.vertxmpi.gpu;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import jcuda.driver.CUdeviceptr;

/** Memory of a CUDA device, counted like that of the host: the last holder frees it. */
final class CudaMemory implements Memory {

  private final Device device;
  private final CUdeviceptr pointer;
  private final long size;
  /** One for the owner, one for each operation in flight. */
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  CudaMemory(Device device, long size) {
    this.device = device;
    this.size = size;
    this.pointer = device.allocate(size);
  }

  @Override
  public MemoryKind kind() {
    return MemoryKind.CUDA;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public MemorySegment segment() {
    throw holders.get() == 0 ? closedError() : new MpiException(ErrorClass.UNSUPPORTED_OPERATION,
        "the host cannot address memory of a CUDA device: copy it to memory of kind " + MemoryKind.HOST + " first");
  }

  @Override
  public Optional<SharedRegion> region() {
    return Optional.empty();
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
      device.free(pointer);
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
