package dev.vertxmpi.gpu;

import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.spi.MemoryProvider;

/** Memory of CUDA devices. Found through {@link java.util.ServiceLoader}; {@link GpuSupport} says whether it works. */
public final class CudaMemoryProvider implements MemoryProvider {

  /** Found by its interface. */
  public CudaMemoryProvider() {
  }

  @Override
  public MemoryKind kind() {
    return MemoryKind.CUDA;
  }

  @Override
  public Memory allocate(long bytes) {
    return new CudaMemory(Device.first(), bytes);
  }
}
