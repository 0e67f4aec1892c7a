package dev.vertxmpi.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The memory of one rank in a window, and hints. Holds memory, so it has no JSON form. */
public final class WindowOptions {

  /** By default displacements count bytes. */
  public static final int DEFAULT_DISPLACEMENT_UNIT = 1;

  private Memory memory;
  private MemoryKind kind = MemoryKind.HOST;
  private long bytes;
  private int displacementUnit = DEFAULT_DISPLACEMENT_UNIT;
  private boolean noLocks;

  private WindowOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public WindowOptions(WindowOptions other) {
    this.memory = other.memory;
    this.kind = other.kind;
    this.bytes = other.bytes;
    this.displacementUnit = other.displacementUnit;
    this.noLocks = other.noLocks;
  }

  /**
   * The window allocates its memory ({@code MPI_Win_allocate}).
   *
   * @param kind where
   * @param bytes at least 0
   * @return the options
   */
  public static WindowOptions allocate(MemoryKind kind, long bytes) {
    if (bytes < 0) {
      throw new MpiException(ErrorClass.SIZE, "bytes must not be negative, but is " + bytes);
    }
    WindowOptions options = new WindowOptions();
    options.kind = kind;
    options.bytes = bytes;
    return options;
  }

  /**
   * The window exposes memory of the caller ({@code MPI_Win_create}).
   *
   * @param memory stays open until the window is freed
   * @return the options
   */
  public static WindowOptions over(Memory memory) {
    WindowOptions options = new WindowOptions();
    options.memory = memory;
    options.kind = memory.kind();
    options.bytes = memory.size();
    return options;
  }

  /**
   * The caller's memory.
   *
   * @return empty where the window allocates
   */
  public Optional<Memory> getMemory() {
    return Optional.ofNullable(memory);
  }

  /**
   * The kind of memory.
   *
   * @return of the caller's, or of what is to be allocated
   */
  public MemoryKind getKind() {
    return kind;
  }

  /**
   * The size.
   *
   * @return bytes
   */
  public long getBytes() {
    return bytes;
  }

  /**
   * What displacements into this rank's memory count.
   *
   * @return bytes
   */
  public int getDisplacementUnit() {
    return displacementUnit;
  }

  /**
   * Sets what displacements into this rank's memory count.
   *
   * @param bytes at least 1
   * @return this
   */
  public WindowOptions setDisplacementUnit(int bytes) {
    if (bytes < 1) {
      throw new MpiException(ErrorClass.DISP, "the displacement unit must be at least 1, but is " + bytes);
    }
    this.displacementUnit = bytes;
    return this;
  }

  /**
   * Whether locks will not be used.
   *
   * @return false by default
   */
  public boolean isNoLocks() {
    return noLocks;
  }

  /**
   * Sets whether locks will not be used; info key {@code no_locks}. A lock then fails with
   * {@link ErrorClass#RMA_SYNC}.
   *
   * @param noLocks the same at every rank
   * @return this
   */
  public WindowOptions setNoLocks(boolean noLocks) {
    this.noLocks = noLocks;
    return this;
  }

  /**
   * Reads info keys; unknown ones are ignored.
   *
   * @param info {@code no_locks}
   * @return this; throws {@link ErrorClass#INFO_VALUE} for a value that is neither true nor false
   */
  public WindowOptions setInfo(Map<String, String> info) {
    String value = info.get("no_locks");
    if (value != null) {
      noLocks = switch (value.strip().toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new MpiException(ErrorClass.INFO_VALUE, "no_locks must be true or false, but is '" + value
            + "'");
      };
    }
    return this;
  }

  /**
   * The values in force.
   *
   * @return info keys and values
   */
  public Map<String, String> toInfo() {
    Map<String, String> info = new LinkedHashMap<>();
    info.put("no_locks", String.valueOf(noLocks));
    info.put("accumulate_ordering", "rar,raw,war,waw");
    info.put("accumulate_ops", "same_op_no_op");
    return info;
  }
}
