package dev.vertxmpi.runtime.coll;

import java.util.function.Supplier;

/**
 * What is done at the call, on the caller's thread, but may fail only in the collective: so that it takes its number
 * and tells the others.
 */
final class Attempt {

  private Attempt() {
  }

  static <T> Supplier<T> of(Supplier<T> action) {
    try {
      T value = action.get();
      return () -> value;
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    }
  }
}
