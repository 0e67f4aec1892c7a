package dev.vertxmpi.gpu;

import dev.vertxmpi.gpu.GpuSupport.Answer;
import dev.vertxmpi.gpu.GpuSupport.State;
import java.io.IOException;
import jcuda.CudaException;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** Looks for driver and devices. */
final class Probe {

  /** How the dynamic linker begins when the driver's library is the trouble, in any language. */
  private static final String DRIVER = "libcuda.so.1: ";

  private Probe() {
  }

  static Answer run() {
    NativeLibrary library = new NativeLibrary();
    try {
      library.load();
      return countDevices();
    } catch (IOException e) {
      return new Answer(State.ERROR, "the native library of JCuda could not be unpacked: " + e);
    } catch (LinkageError e) {
      return explain(library, e.getMessage() + " " + e.getCause());
    } catch (CudaException e) {
      return new Answer(State.ERROR, "the CUDA driver failed: " + e.getMessage());
    }
  }

  private static Answer countDevices() {
    int[] count = new int[1];
    int result = JCudaDriver.cuInit(0);
    if (result == CUresult.CUDA_SUCCESS) {
      result = JCudaDriver.cuDeviceGetCount(count);
    }
    if (result == CUresult.CUDA_ERROR_NO_DEVICE || (result == CUresult.CUDA_SUCCESS && count[0] == 0)) {
      return new Answer(State.NO_DEVICE, "the NVIDIA driver finds no device");
    }
    return result == CUresult.CUDA_SUCCESS
        ? new Answer(State.READY, "")
        : new Answer(State.ERROR, "the NVIDIA driver does not start: " + CUresult.stringFor(result));
  }

  /** JCuda's message holds two stack traces; the reason is one line in one of them. */
  private static Answer explain(NativeLibrary library, String message) {
    if (message.contains("IllegalCallerException")) {
      Module jcuda = JCudaDriver.class.getModule();
      return new Answer(State.DENIED, "native access is denied to this JVM: start it with --enable-native-access="
          + (jcuda.isNamed() ? jcuda.getName() : "ALL-UNNAMED"));
    }
    if (!library.isPacked()) {
      return new Answer(State.NO_NATIVE, library.name()
          + " is not on the class or module path: add org.jcuda:jcuda-natives for this platform");
    }
    int at = message.indexOf(DRIVER);
    if (at >= 0) {
      return new Answer(State.NO_DRIVER, "the NVIDIA driver is not installed: " + restOfLine(message, at));
    }
    String last = message.lines().filter(line -> line.contains("Error: ")).reduce((a, b) -> b)
        .orElseGet(() -> message.lines().findFirst().orElse("no reason given"));
    return new Answer(State.ERROR, "the native library of JCuda does not load: " + last.strip());
  }

  private static String restOfLine(String text, int from) {
    return text.substring(from).lines().findFirst().orElse("").strip();
  }
}
