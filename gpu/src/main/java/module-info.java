/** Adds CUDA devices as a kind of memory. */
module dev.vertxmpi.gpu {
  requires transitive dev.vertxmpi;
  requires jcuda;

  exports dev.vertxmpi.gpu;

  provides dev.vertxmpi.spi.MemoryProvider with dev.vertxmpi.gpu.CudaMemoryProvider;
}
