package dev.vertxmpi.io;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Modes and hints of a file. Opening does not shorten an existing file, as MPI has it. */
public final class FileOptions {

  /** By default a file is opened for reading. */
  public static final Set<FileMode> DEFAULT_MODES = Set.of(FileMode.RDONLY);

  /** By default aggregators own stripes of 4 MiB. */
  public static final long DEFAULT_STRIPING_UNIT = 4L << 20;

  /** By default one access uses buffers of at most 16 MiB in each rank. */
  public static final long DEFAULT_BUFFER_SIZE = 16L << 20;

  private Set<FileMode> modes = DEFAULT_MODES;
  private long stripingUnit = DEFAULT_STRIPING_UNIT;
  private long bufferSize = DEFAULT_BUFFER_SIZE;
  private int aggregators;

  /** Reading, default hints. */
  public FileOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public FileOptions(FileOptions other) {
    this.modes = other.modes;
    this.stripingUnit = other.stripingUnit;
    this.bufferSize = other.bufferSize;
    this.aggregators = other.aggregators;
  }

  /**
   * From JSON.
   *
   * @param json {@code modes} (array of names), {@code stripingUnit}, {@code bufferSize}, {@code aggregators}
   */
  public FileOptions(JsonObject json) {
    if (json.containsKey("modes")) {
      setModes(json.getJsonArray("modes").stream().map(m -> FileMode.valueOf(m.toString())).toArray(FileMode[]::new));
    }
    setStripingUnit(json.getLong("stripingUnit", DEFAULT_STRIPING_UNIT));
    setBufferSize(json.getLong("bufferSize", DEFAULT_BUFFER_SIZE));
    setAggregators(json.getInteger("aggregators", 0));
  }

  /**
   * As JSON.
   *
   * @return what {@link #FileOptions(JsonObject)} reads
   */
  public JsonObject toJson() {
    return new JsonObject()
        .put("modes", new JsonArray(modes.stream().map(FileMode::name).sorted().toList()))
        .put("stripingUnit", stripingUnit).put("bufferSize", bufferSize).put("aggregators", aggregators);
  }

  /**
   * The access modes.
   *
   * @return unmodifiable
   */
  public Set<FileMode> getModes() {
    return modes;
  }

  /**
   * Sets the access modes; checked by open ({@link ErrorClass#AMODE}).
   *
   * @param modes the same at every rank
   * @return this
   */
  public FileOptions setModes(FileMode... modes) {
    EnumSet<FileMode> set = EnumSet.noneOf(FileMode.class);
    set.addAll(List.of(modes));
    this.modes = Set.copyOf(set);
    return this;
  }

  /**
   * The length of a stripe, which one aggregator owns.
   *
   * @return bytes
   */
  public long getStripingUnit() {
    return stripingUnit;
  }

  /**
   * Sets the length of a stripe; info key {@code striping_unit}.
   *
   * @param bytes at least 1; the same at every rank
   * @return this
   */
  public FileOptions setStripingUnit(long bytes) {
    this.stripingUnit = atLeastOne("striping_unit", bytes);
    return this;
  }

  /**
   * The buffers of one access in each rank.
   *
   * @return bytes at the most
   */
  public long getBufferSize() {
    return bufferSize;
  }

  /**
   * Sets the buffers of one access in each rank; info key {@code cb_buffer_size}.
   *
   * @param bytes at least 1; less than 4096 counts as 4096; collective access takes the smallest of all ranks
   * @return this
   */
  public FileOptions setBufferSize(long bytes) {
    this.bufferSize = atLeastOne("cb_buffer_size", bytes);
    return this;
  }

  /**
   * The number of aggregators of collective access.
   *
   * @return 0 for one in each JVM, 64 at the most
   */
  public int getAggregators() {
    return aggregators;
  }

  /**
   * Sets the number of aggregators of collective access; info key {@code cb_nodes}.
   *
   * @param aggregators 0 for one in each JVM, 64 at the most; the same at every rank
   * @return this
   */
  public FileOptions setAggregators(int aggregators) {
    if (aggregators < 0) {
      throw new MpiException(ErrorClass.ARG, "cb_nodes must not be negative, but is " + aggregators);
    }
    this.aggregators = aggregators;
    return this;
  }

  private static long atLeastOne(String key, long value) {
    if (value < 1) {
      throw new MpiException(ErrorClass.ARG, key + " must be at least 1, but is " + value);
    }
    return value;
  }

  /**
   * Reads info keys; unknown ones are ignored.
   *
   * @param info {@code striping_unit}, {@code cb_buffer_size}, {@code cb_nodes}
   * @return this; throws {@link ErrorClass#INFO_VALUE} for a number that is none
   */
  public FileOptions setInfo(Map<String, String> info) {
    info.forEach((key, value) -> {
      switch (key) {
        case "striping_unit" -> setStripingUnit(number(key, value));
        case "cb_buffer_size" -> setBufferSize(number(key, value));
        case "cb_nodes" -> setAggregators(Math.toIntExact(number(key, value)));
        default -> { }
      }
    });
    return this;
  }

  private static long number(String key, String value) {
    try {
      return Long.parseLong(value.strip());
    } catch (NumberFormatException e) {
      throw new MpiException(ErrorClass.INFO_VALUE, key + " must be a number, but is '" + value + "'", e);
    }
  }

  /**
   * The values in force.
   *
   * @return info keys and values
   */
  public Map<String, String> toInfo() {
    Map<String, String> info = new LinkedHashMap<>();
    info.put("striping_unit", String.valueOf(stripingUnit));
    info.put("cb_buffer_size", String.valueOf(bufferSize));
    info.put("cb_nodes", String.valueOf(aggregators));
    return info;
  }
}
