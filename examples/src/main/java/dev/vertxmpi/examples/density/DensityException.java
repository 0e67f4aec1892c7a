package dev.vertxmpi.examples.density;

/** Why the demo cannot go on, in one line for the user. */
final class DensityException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DensityException(String line) {
    super(line);
  }
}
