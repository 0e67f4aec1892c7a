/** Adds CUDA devices as a kind of memory. */
module dev.vertxmpi.gpu {
  requires transitive dev.vertxmpi;
  requires jcuda;
}
