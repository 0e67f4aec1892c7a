package dev.vertxmpi.gpu;

/**
 * Whether this JVM can use CUDA devices, and why not. The first question looks for driver and devices, which may block;
 * the answer stays.
 */
public final class GpuSupport {

  /** What was found. */
  public enum State {
    /** Driver and at least one device. */
    READY,
    /** The NVIDIA driver is not installed: there is no {@code libcuda.so.1}. */
    NO_DRIVER,
    /** The driver is there, a device is not. */
    NO_DEVICE,
    /** The native library of JCuda for this platform is not there. */
    NO_NATIVE,
    /** The JVM was told to refuse native access. */
    DENIED,
    /** Something else failed. */
    ERROR
  }

  /**
   * An answer.
   *
   * @param state what was found
   * @param cause one sentence, empty when ready
   */
  record Answer(State state, String cause) {
  }

  /** Initialised by the first question, by one thread. */
  private static final class Holder {
    private static final Answer ANSWER = Probe.run();
  }

  private GpuSupport() {
  }

  /**
   * Whether memory of CUDA devices can be had.
   *
   * @return true for {@link State#READY}
   */
  public static boolean available() {
    return state() == State.READY;
  }

  /**
   * What was found.
   *
   * @return the same answer each time
   */
  public static State state() {
    return Holder.ANSWER.state();
  }

  /**
   * Why CUDA devices cannot be used.
   *
   * @return one sentence, empty where they can
   */
  public static String unavailabilityCause() {
    return Holder.ANSWER.cause();
  }
}
