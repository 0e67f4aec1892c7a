package dev.vertxmpi.gpu;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import jcuda.CudaException;
import jcuda.driver.CUresult;

/** What the driver's answers mean. */
final class Cuda {

  private Cuda() {
  }

  /** JCuda throws instead of answering where the program has told it to. */
  static MpiException of(Exception failure) {
    return failure instanceof CudaException said && String.valueOf(said.getMessage()).contains("OUT_OF_MEMORY")
        ? new MpiException(ErrorClass.NO_MEM, "the CUDA driver has no memory left", failure)
        : MpiException.of(failure);
  }

  /**
   * Fails where the driver did.
   *
   * @param result of a call
   * @param doing what the call was for
   */
  static void check(int result, String doing) {
    if (result != CUresult.CUDA_SUCCESS) {
      ErrorClass errorClass =
          result == CUresult.CUDA_ERROR_OUT_OF_MEMORY ? ErrorClass.NO_MEM : ErrorClass.OTHER;
      throw new MpiException(errorClass, "the CUDA driver could not " + doing + ": " + CUresult.stringFor(result));
    }
  }
}
