package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.MpiException;

/**
 * A phase between two fences, or the time under a lock: remembers the first failure of its operations, and whether it
 * came to be at all. Confined to the domain of the origin.
 */
final class Epoch {

  /** Operations between two flushes. */
  final class Span {

    private MpiException failure;

    /** An operation has failed. */
    void note(MpiException cause) {
      if (failure == null) {
        failure = cause;
      }
      if (Epoch.this.failure == null) {
        Epoch.this.failure = cause;
      }
    }

    /** Null where all went well so far. */
    MpiException failure() {
      return failure;
    }

    Epoch epoch() {
      return Epoch.this;
    }
  }

  private Span span = new Span();
  private MpiException failure;
  private MpiException refusal;
  private boolean used;

  /** For the next operation. */
  Span use() {
    used = true;
    return span;
  }

  /** Whether an operation was issued. */
  boolean isUsed() {
    return used;
  }

  /** Ends a span: what is issued later belongs to the next one. */
  Span flush() {
    Span ended = span;
    span = new Span();
    return ended;
  }

  /** The first failure of its operations; null where there is none. */
  MpiException failure() {
    return failure;
  }

  /** The lock was not granted: operations that waited for it fail. */
  void refuse(MpiException why) {
    refusal = why;
  }

  /** Why it never opened; null where it did or still may. */
  MpiException refusal() {
    return refusal;
  }
}
