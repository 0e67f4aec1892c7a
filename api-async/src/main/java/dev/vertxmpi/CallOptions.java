package dev.vertxmpi;

import java.time.Duration;

/**
 * Options of single calls: a deadline and a cancel scope. Get a view of a communicator, window or file that uses them
 * by its {@code with} method.
 */
public final class CallOptions {

  private Duration timeout;
  private CancelScope cancel;

  /** No deadline beyond the default of the operation, no cancel scope. */
  public CallOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public CallOptions(CallOptions other) {
    this.timeout = other.timeout;
    this.cancel = other.cancel;
  }

  /**
   * The deadline, counted from the call.
   *
   * @return null for the default of the operation
   */
  public Duration getTimeout() {
    return timeout;
  }

  /**
   * Sets the deadline. A call that has not completed by then is cancelled and fails with {@link ErrorClass#TIMEOUT}.
   *
   * @param timeout positive
   * @return this
   */
  public CallOptions setTimeout(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new MpiException(ErrorClass.ARG, "timeout must be positive, but is " + timeout);
    }
    this.timeout = timeout;
    return this;
  }

  /**
   * The scope that cancels the calls.
   *
   * @return null where there is none
   */
  public CancelScope getCancel() {
    return cancel;
  }

  /**
   * Sets the scope that cancels the calls.
   *
   * @param cancel may serve many calls and objects
   * @return this
   */
  public CallOptions setCancel(CancelScope cancel) {
    this.cancel = cancel;
    return this;
  }
}
