package dev.vertxmpi.launcher;

/** An error to tell the user in one line, and the exit code that goes with it. */
public final class LauncherException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** 1 to 255. */
  private final int exitCode;

  /**
   * An error with exit code 1.
   *
   * @param message one sentence that names what is wrong and which rule says so
   */
  public LauncherException(String message) {
    this(message, 1, null);
  }

  /**
   * An error.
   *
   * @param message one sentence that names what is wrong and which rule says so
   * @param exitCode 1 to 255
   * @param cause what led to it, or null
   */
  public LauncherException(String message, int exitCode, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /**
   * What the command should return to its shell.
   *
   * @return 1 to 255
   */
  public int exitCode() {
    return exitCode;
  }
}
