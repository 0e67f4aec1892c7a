package dev.vertxmpi.gpu;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jcuda.CudaException;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;

/**
 * A CUDA device and the one platform thread that talks to it. The thread owns the device's primary context, which is
 * retained once: contexts belong to threads of the system, so virtual threads would lose theirs.
 */
final class Device {

  /** Initialised by the first use, when there is a device. */
  private static final class First {
    private static final Device DEVICE = new Device(0);
  }

  private final int ordinal;
  private final ExecutorService thread;
  /** Confined to the thread. */
  private boolean current;

  private Device(int ordinal) {
    this.ordinal = ordinal;
    this.thread = Executors.newSingleThreadExecutor(
        Thread.ofPlatform().daemon().name("vertx-mpi-cuda-" + ordinal).factory());
  }

  /**
   * The device that memory comes from.
   *
   * @throws MpiException {@link ErrorClass#NO_MEM} where there is none, saying why
   */
  static Device first() {
    if (!GpuSupport.available()) {
      throw new MpiException(ErrorClass.NO_MEM, "there is no CUDA memory: " + GpuSupport.unavailabilityCause());
    }
    return First.DEVICE;
  }

  /** Allocates memory and fills it with zeros. Blocks. */
  CUdeviceptr allocate(long bytes) {
    return call(() -> {
      CUdeviceptr pointer = new CUdeviceptr();
      // The driver refuses to allocate nothing.
      long length = Math.max(1, bytes);
      Cuda.check(JCudaDriver.cuMemAlloc(pointer, length), "allocate " + bytes + " bytes on device " + ordinal);
      try {
        Cuda.check(JCudaDriver.cuMemsetD8(pointer, (byte) 0, length), "clear memory of device " + ordinal);
      } catch (MpiException | CudaException e) {
        JCudaDriver.cuMemFree(pointer);
        throw e;
      }
      return pointer;
    });
  }

  /** Frees memory, some time later: whoever gives it back may be on an event loop. */
  void free(CUdeviceptr pointer) {
    thread.execute(() -> {
      try {
        Cuda.check(JCudaDriver.cuMemFree(pointer), "free memory of device " + ordinal);
      } catch (MpiException | CudaException e) {
        System.getLogger(Device.class.getName())
            .log(System.Logger.Level.WARNING, "memory of device " + ordinal + " is lost", e);
      }
    });
  }

  private <T> T call(Callable<T> action) {
    try {
      return CompletableFuture.supplyAsync(() -> {
        try {
          enter();
          return action.call();
        } catch (Exception e) {
          throw Cuda.of(e);
        }
      }, thread).join();
    } catch (CompletionException e) {
      throw MpiException.of(e.getCause());
    }
  }

  private void enter() {
    if (!current) {
      CUdevice device = new CUdevice();
      Cuda.check(JCudaDriver.cuDeviceGet(device, ordinal), "find device " + ordinal);
      CUcontext context = new CUcontext();
      Cuda.check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device), "retain the context of device " + ordinal);
      Cuda.check(JCudaDriver.cuCtxSetCurrent(context), "use the context of device " + ordinal);
      current = true;
    }
  }
}
