package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.rma.WindowOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rank brings to a new window: memory, or the reason why it has none. Its record tells the others.
 *
 * <pre>
 *   {"bytes": 4096, "unit": 8, "noLocks": false}
 *   {"failed": "NO_MEM", "reason": "..."}
 * </pre>
 *
 * @param memory null where it failed
 * @param owned whether the window allocated it
 * @param failure null where there is memory
 */
record Exposure(Memory memory, boolean owned, MpiException failure) {

  /** Takes or allocates memory that the host can address, and keeps it. */
  static Exposure of(WindowOptions options) {
    Memory memory = null;
    boolean owned = options.getMemory().isEmpty();
    try {
      memory = options.getMemory().orElse(null);
      if (owned) {
        memory = Memory.allocate(options.getKind(), options.getBytes());
      }
      memory.segment();
      memory.retain();
      return new Exposure(memory, owned, null);
    } catch (RuntimeException e) {
      if (owned && memory != null) {
        memory.close();
      }
      return new Exposure(null, owned, MpiException.of(e));
    }
  }

  /** What the others learn. */
  JsonObject toJson(WindowOptions options) {
    if (failure != null) {
      return new JsonObject().put("failed", failure.errorClass().name()).put("reason", failure.reason());
    }
    return new JsonObject().put("bytes", memory.size()).put("unit", options.getDisplacementUnit())
        .put("noLocks", options.isNoLocks());
  }

  /** Lets go of the memory. */
  void release() {
    if (memory != null) {
      memory.release();
      if (owned) {
        memory.close();
      }
    }
  }

  /**
   * Puts the records of all ranks together.
   *
   * @param records by rank, from peers
   * @throws MpiException alike at every rank: where one has failed, or the hints differ
   */
  static Extents agree(List<JsonObject> records) {
    List<Integer> failed = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).containsKey("failed")) {
        failed.add(i);
      }
    }
    if (!failed.isEmpty()) {
      JsonObject first = records.get(failed.getFirst());
      throw new MpiException(errorClass(first.getString("failed")), (failed.size() == 1 ? "rank " : "ranks ")
          + String.join(", ", failed.stream().map(String::valueOf).toList()) + ": " + first.getString("reason"))
          .ranks(failed);
    }
    long[] sizes = new long[records.size()];
    int[] units = new int[records.size()];
    boolean noLocks = records.getFirst().getBoolean("noLocks");
    for (int i = 0; i < sizes.length; i++) {
      JsonObject record = records.get(i);
      sizes[i] = record.getLong("bytes");
      units[i] = record.getInteger("unit");
      if (record.getBoolean("noLocks") != noLocks) {
        throw new MpiException(ErrorClass.NOT_SAME, "no_locks must be the same at every rank, but ranks 0 and " + i
            + " differ").ranks(List.of(0, i));
      }
      if (sizes[i] < 0 || units[i] < 1) {
        throw new MpiException(ErrorClass.SIZE, "rank " + i + " has a window of " + sizes[i] + " bytes and a unit of "
            + units[i]);
      }
    }
    return new Extents(sizes, units, noLocks);
  }

  private static ErrorClass errorClass(String name) {
    for (ErrorClass each : ErrorClass.values()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return ErrorClass.OTHER;
  }
}
