package dev.vertxmpi.runtime.link.shm;

import java.io.Serial;

/** What the peer wrote into a ring cannot be. */
final class BrokenRingException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1;

  BrokenRingException(String message) {
    super(message);
  }
}
