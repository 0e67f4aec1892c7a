package dev.vertxmpi.fileio;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.io.FileMode;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** What the access modes of a file allow. */
record Modes(Set<FileMode> set) {

  Modes {
    set = Set.copyOf(set);
  }

  /** Checks that the modes do not contradict each other. */
  void check() {
    long ways = set.stream()
        .filter(mode -> mode == FileMode.RDONLY || mode == FileMode.WRONLY || mode == FileMode.RDWR).count();
    if (ways != 1) {
      throw new MpiException(ErrorClass.AMODE, "modes must contain exactly one of RDONLY, WRONLY and RDWR, but are "
          + this);
    }
    if (!writable() && (has(FileMode.CREATE) || has(FileMode.EXCL))) {
      throw new MpiException(ErrorClass.AMODE, "RDONLY excludes CREATE and EXCL, but modes are " + this);
    }
  }

  boolean has(FileMode mode) {
    return set.contains(mode);
  }

  boolean readable() {
    return !has(FileMode.WRONLY);
  }

  boolean writable() {
    return !has(FileMode.RDONLY);
  }

  /** One bit for each mode, to compare between ranks. */
  long mask() {
    return set.stream().mapToLong(mode -> 1L << mode.ordinal()).reduce(0, (a, b) -> a | b);
  }

  /** How to open a file that exists. */
  Set<OpenOption> openOptions() {
    if (!writable()) {
      return Set.of(StandardOpenOption.READ);
    }
    return readable() ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE) : Set.of(StandardOpenOption.WRITE);
  }

  @Override
  public String toString() {
    return set.stream().sorted().toList().toString();
  }
}
