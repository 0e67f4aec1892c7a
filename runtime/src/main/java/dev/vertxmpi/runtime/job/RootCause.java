package dev.vertxmpi.runtime.job;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.ArrayList;
import java.util.List;

/** The failures of a job's ranks, of which one is to be told. Thread-safe. */
final class RootCause {

  private final List<Throwable> failures = new ArrayList<>();

  synchronized void add(Throwable failure) {
    failures.add(failure);
  }

  /** The first failure that is no mere consequence of another rank's end. */
  synchronized Throwable get() {
    return failures.stream().filter(failure -> !(failure instanceof MpiException known
        && known.errorClass() == ErrorClass.PROC_FAILED)).findFirst().orElseGet(failures::getFirst);
  }
}
