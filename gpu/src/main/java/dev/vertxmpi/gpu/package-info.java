/**
 * CUDA memory as a memory kind: messages, collectives, windows and kernels on device memory, through JCuda and the
 * foreign-function interface. Without a driver the module loads, reports why it is not available, and does nothing.
 */
package dev.vertxmpi.gpu;
