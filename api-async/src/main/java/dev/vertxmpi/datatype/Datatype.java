package dev.vertxmpi.datatype;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiProcedure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The layout of one element in memory or in a file: which primitives, where, in which order.
 *
 * <pre>
 *   ... lower bound                                 lower bound + extent = where the next element's begins
 *       v                                           v
 *       |    |INT|   |DOUBLE|   |INT|INT|           |
 *            ^                          ^
 *            true lower bound           + true extent        size: 4 + 8 + 4 + 4 = 20 bytes
 * </pre>
 *
 * <p>A datatype is immutable and ready for use: nothing is committed ({@code MPI_Type_commit} stands for nothing here),
 * duplicated or freed. It may be shared between threads and ranks. However regular data is repeated, the datatype
 * stays small.
 *
 * <p><b>Packed form.</b> The data without gaps, in the order of the type map, in the byte order of the machine.
 *
 * <p><b>Bounds</b> follow the MPI standard. {@link #struct} rounds the extent up to the alignment of its most demanding
 * primitive, as C compilers do; nothing else does. {@link #resized} and {@link #subarray} set bounds explicitly, and
 * where some members of a new datatype have such bounds, those alone count.
 *
 * <p>Factories throw {@link MpiException}: {@link ErrorClass#COUNT} for a negative count, {@link ErrorClass#ARG} for
 * lists of different lengths and for datatypes that reach beyond 2<sup>63</sup> bytes.
 */
public final class Datatype {

  /** A byte. */
  public static final Datatype BYTE = of(Primitive.BYTE);
  /** A boolean, in one byte. */
  public static final Datatype BOOLEAN = of(Primitive.BOOLEAN);
  /** A char. */
  public static final Datatype CHAR = of(Primitive.CHAR);
  /** A short. */
  public static final Datatype SHORT = of(Primitive.SHORT);
  /** An int. */
  public static final Datatype INT = of(Primitive.INT);
  /** A long. */
  public static final Datatype LONG = of(Primitive.LONG);
  /** A float. */
  public static final Datatype FLOAT = of(Primitive.FLOAT);
  /** A double. */
  public static final Datatype DOUBLE = of(Primitive.DOUBLE);

  /** More runs than this are refused rather than listed. */
  private static final long MAX_RUNS = 1 << 24;

  private final Layout layout;
  private final long lowerBound;
  private final long extent;
  /** Whether the bounds were set explicitly. */
  private final boolean marked;
  private final int alignment;
  private final Signature signature;
  private final boolean contiguous;
  /** Made when first asked for; whoever comes at the same time makes an equal one. */
  private volatile List<Run> runs;

  Datatype(Layout layout, long lowerBound, long extent, boolean marked, int alignment) {
    Math.addExact(lowerBound, extent);
    this.layout = layout;
    this.lowerBound = lowerBound;
    this.extent = extent;
    this.marked = marked;
    this.alignment = alignment;
    this.signature = layout.signature();
    Math.subtractExact(layout.high(), layout.low());
    this.contiguous = layout.isDense() && layout.low() == 0 && lowerBound == 0 && extent == signature.size();
  }

  /**
   * The datatype of a single primitive.
   *
   * @param primitive which
   * @return equal to the constant of that name
   */
  public static Datatype of(Primitive primitive) {
    return new Datatype(Layout.Strip.block(0, primitive, 1), 0, primitive.size(), false, primitive.size());
  }

  /**
   * Elements one after another.
   *
   * @param count how many
   * @param element of this datatype, its extent apart
   * @return the new datatype
   */
  @MpiProcedure("MPI_Type_contiguous")
  public static Datatype contiguous(long count, Datatype element) {
    notNegative("count", count);
    return exact(() -> new TypeBuilder().add(element, 0, count, 1, 0).build());
  }

  /**
   * Blocks of one length at regular distances, counted in elements.
   *
   * @param count number of blocks
   * @param blockLength elements in a block
   * @param stride from block to block, in extents of the element; may be negative
   * @param element of this datatype
   * @return the new datatype
   */
  @MpiProcedure("MPI_Type_vector")
  public static Datatype vector(long count, long blockLength, long stride, Datatype element) {
    return exact(() -> hvector(count, blockLength, Math.multiplyExact(stride, element.extent), element));
  }

  /**
   * Blocks of one length at regular distances, counted in bytes.
   *
   * @param count number of blocks
   * @param blockLength elements in a block
   * @param strideBytes from block to block; may be negative
   * @param element of this datatype
   * @return the new datatype
   */
  @MpiProcedure("MPI_Type_create_hvector")
  public static Datatype hvector(long count, long blockLength, long strideBytes, Datatype element) {
    notNegative("count", count);
    notNegative("blockLength", blockLength);
    return exact(() -> new TypeBuilder().add(element, 0, blockLength, count, strideBytes).build());
  }

  /**
   * Blocks of any length anywhere, counted in elements.
   *
   * @param blockLengths elements in each block
   * @param displacements of each block, in extents of the element; in any order, may be negative
   * @param element of this datatype
   * @return the new datatype
   */
  @MpiProcedure({"MPI_Type_indexed", "MPI_Type_create_indexed_block"})
  public static Datatype indexed(long[] blockLengths, long[] displacements, Datatype element) {
    return indexed(blockLengths, displacements, element.extent, element);
  }

  /**
   * Blocks of any length anywhere, counted in bytes.
   *
   * @param blockLengths elements in each block
   * @param byteDisplacements of each block; in any order, may be negative
   * @param element of this datatype
   * @return the new datatype
   */
  @MpiProcedure({"MPI_Type_create_hindexed", "MPI_Type_create_hindexed_block"})
  public static Datatype hindexed(long[] blockLengths, long[] byteDisplacements, Datatype element) {
    return indexed(blockLengths, byteDisplacements, 1, element);
  }

  private static Datatype indexed(long[] blockLengths, long[] displacements, long unit, Datatype element) {
    sameLength("blockLengths", blockLengths.length, "displacements", displacements.length);
    return exact(() -> {
      TypeBuilder builder = new TypeBuilder();
      for (int i = 0; i < blockLengths.length; i++) {
        notNegative("blockLengths[" + i + "]", blockLengths[i]);
        builder.add(element, Math.multiplyExact(displacements[i], unit), blockLengths[i], 1, 0);
      }
      return builder.build();
    });
  }

  /**
   * Blocks of any datatype anywhere: the general case.
   *
   * @param blockLengths elements in each block
   * @param byteDisplacements of each block; in any order, may be negative
   * @param elements the datatype of each block
   * @return the new datatype, its extent rounded up to the alignment of its most demanding primitive
   */
  @MpiProcedure("MPI_Type_create_struct")
  public static Datatype struct(long[] blockLengths, long[] byteDisplacements, List<Datatype> elements) {
    sameLength("blockLengths", blockLengths.length, "byteDisplacements", byteDisplacements.length);
    sameLength("blockLengths", blockLengths.length, "elements", elements.size());
    return exact(() -> {
      TypeBuilder builder = new TypeBuilder();
      for (int i = 0; i < blockLengths.length; i++) {
        notNegative("blockLengths[" + i + "]", blockLengths[i]);
        builder.add(elements.get(i), byteDisplacements[i], blockLengths[i], 1, 0);
      }
      return builder.buildAligned();
    });
  }

  /**
   * A part of an array of several dimensions. Its extent is that of the whole array.
   *
   * <pre>
   *   sizes {4, 6}, subsizes {2, 3}, starts {1, 2}, order C:
   *
   *     . . . . . .
   *     . . # # # .
   *     . . # # # .
   *     . . . . . .
   * </pre>
   *
   * @param sizes of the whole array, by dimension, at least 1 each
   * @param subsizes of the part, 1 to the size
   * @param starts of the part, so that it ends inside the array
   * @param order which dimension varies fastest
   * @param element of this datatype
   * @return the new datatype
   * @throws MpiException {@link ErrorClass#ARG} where the part does not lie in the array
   */
  @MpiProcedure("MPI_Type_create_subarray")
  public static Datatype subarray(long[] sizes, long[] subsizes, long[] starts, Order order, Datatype element) {
    Objects.requireNonNull(order);
    sameLength("sizes", sizes.length, "subsizes", subsizes.length);
    sameLength("sizes", sizes.length, "starts", starts.length);
    if (sizes.length == 0) {
      throw new MpiException(ErrorClass.ARG, "sizes must have at least one dimension");
    }
    for (int i = 0; i < sizes.length; i++) {
      if (subsizes[i] < 1 || subsizes[i] > sizes[i] || starts[i] < 0 || starts[i] > sizes[i] - subsizes[i]) {
        throw new MpiException(ErrorClass.ARG, "dimension " + i + " of the part, " + subsizes[i] + " elements from "
            + starts[i] + " on, must lie among the " + sizes[i] + " of the array");
      }
    }
    return exact(() -> {
      Datatype part = element;
      long distance = element.extent;
      long first = 0;
      for (int i = 0; i < sizes.length; i++) {
        int dimension = order == Order.C ? sizes.length - 1 - i : i;
        part = hvector(subsizes[dimension], 1, distance, part);
        first = Math.addExact(first, Math.multiplyExact(starts[dimension], distance));
        distance = Math.multiplyExact(distance, sizes[dimension]);
      }
      return new Datatype(part.layout.at(first), 0, distance, true, element.alignment);
    });
  }

  /**
   * The same data with other bounds.
   *
   * @param element of this datatype
   * @param lowerBound where an element begins, in bytes from its origin
   * @param extent from an element to the next, in bytes; may be negative or zero
   * @return the new datatype
   */
  @MpiProcedure("MPI_Type_create_resized")
  public static Datatype resized(Datatype element, long lowerBound, long extent) {
    return exact(() -> new Datatype(element.layout, lowerBound, extent, true, element.alignment));
  }

  /**
   * The length of the data, without gaps.
   *
   * @return bytes
   */
  @MpiProcedure("MPI_Type_size")
  public long size() {
    return signature.size();
  }

  /**
   * The distance between an element and the next.
   *
   * @return bytes; negative or zero only after {@link #resized}, zero also where there is no data
   */
  @MpiProcedure("MPI_Type_get_extent")
  public long extent() {
    return extent;
  }

  /**
   * Where an element begins.
   *
   * @return bytes from its origin
   */
  public long lowerBound() {
    return lowerBound;
  }

  /**
   * Where the data of an element begins.
   *
   * @return bytes from its origin
   */
  public long trueLowerBound() {
    return layout.low();
  }

  /**
   * The distance from the first to the last byte of data, the last included.
   *
   * @return bytes
   */
  @MpiProcedure("MPI_Type_get_true_extent")
  public long trueExtent() {
    return layout.high() - layout.low();
  }

  /**
   * The primitives without their places.
   *
   * @return what must agree with the other side
   */
  public Signature signature() {
    return signature;
  }

  /**
   * The primitives in the first bytes of the packed form of as many elements as it takes: what a message must hold that
   * is shorter than the buffer that receives it.
   *
   * @param bytes at least 0
   * @return empty where the bytes end within a primitive, or there is no data to take them from
   */
  public Optional<Signature> signature(long bytes) {
    if (bytes < 0 || (bytes > 0 && size() == 0)) {
      return Optional.empty();
    }
    if (bytes == 0) {
      return Optional.of(Signature.EMPTY);
    }
    Signature whole = signature.times(bytes / size());
    return layout.prefix(bytes % size()).map(whole::then);
  }

  /**
   * The primitive that it consists of.
   *
   * @return empty where there are several, or no data
   */
  public Optional<Primitive> primitive() {
    return signature.primitive();
  }

  /**
   * Whether any number of elements are one piece of memory, in packed order.
   *
   * @return true where there are no gaps within and between elements and data begins at the origin
   */
  public boolean isContiguous() {
    return contiguous;
  }

  /**
   * All data as regular runs, in the order of the type map. Neighbours are merged: blocks of a run never touch, and the
   * last block of a run never touches the first of the next one of the same primitive.
   *
   * @return unmodifiable; empty where there is no data
   * @throws MpiException {@link ErrorClass#TYPE} for irregular types of more than 16777216 runs; {@link ByteRuns} walks
   *     those too
   */
  public List<Run> runs() {
    List<Run> known = runs;
    if (known == null) {
      if (layout.strips() > MAX_RUNS) {
        throw new MpiException(ErrorClass.TYPE, "the datatype has more than " + MAX_RUNS
            + " runs: repeat a smaller one by a count");
      }
      LayoutBuilder flat = new LayoutBuilder();
      flat.addFlat(layout, 0);
      known = flat.runs();
      runs = known;
    }
    return known;
  }

  Layout layout() {
    return layout;
  }

  boolean isMarked() {
    return marked;
  }

  int alignment() {
    return alignment;
  }

  /**
   * Two datatypes are equal when they have the same primitives at the same places in the same order, and the same
   * bounds, however they were built.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Datatype that && lowerBound == that.lowerBound && extent == that.extent
        && signature.equals(that.signature) && layout.low() == that.layout.low()
        && layout.high() == that.layout.high() && (layout.equals(that.layout) || Runs.samePlaces(runs(), that.runs()));
  }

  @Override
  public int hashCode() {
    return Objects.hash(lowerBound, extent, signature, layout.low(), layout.high());
  }

  @Override
  public String toString() {
    return Description.of(this);
  }

  private static Datatype exact(Supplier<Datatype> factory) {
    try {
      return factory.get();
    } catch (ArithmeticException e) {
      throw new MpiException(ErrorClass.ARG, "the datatype would reach beyond 2^63 bytes", e);
    }
  }

  private static void notNegative(String name, long value) {
    if (value < 0) {
      throw new MpiException(ErrorClass.COUNT, name + " must not be negative, but is " + value);
    }
  }

  private static void sameLength(String name, int length, String other, int otherLength) {
    if (length != otherLength) {
      throw new MpiException(ErrorClass.ARG,
          name + " and " + other + " must have the same length, but have " + length + " and " + otherLength);
    }
  }
}
