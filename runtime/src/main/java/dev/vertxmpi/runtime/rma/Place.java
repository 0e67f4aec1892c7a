package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.Region;

/**
 * A region, checked against the target's window.
 *
 * @param base the origin of the first element, in bytes from the beginning of the target's memory
 * @param count number of elements
 * @param datatype of one element
 */
record Place(long base, long count, Datatype datatype) {

  /**
   * Resolves a region.
   *
   * @param at the region
   * @param buffer the origin's side
   * @param target its rank, for messages
   * @param size of the target's memory in bytes
   * @param unit that displacements count, in bytes
   * @throws MpiException {@link ErrorClass#DISP}, {@link ErrorClass#COUNT}, {@link ErrorClass#TYPE} or
   *     {@link ErrorClass#RMA_RANGE}
   */
  static Place of(Region at, MessageBuffer buffer, int target, long size, int unit) {
    Region.Shape shape = at.shape().orElseGet(() -> new Region.Shape(buffer.count(), buffer.datatype()));
    if (shape.count() < 0) {
      throw new MpiException(ErrorClass.COUNT, "the count at the target must not be negative, but is "
          + shape.count());
    }
    if (!buffer.datatype().signature().matches(buffer.count(), shape.datatype().signature(), shape.count())) {
      throw new MpiException(ErrorClass.TYPE, "the data at the origin, " + buffer.count() + " x " + buffer.datatype()
          + ", must have the signature of the region at the target, " + shape.count() + " x " + shape.datatype());
    }
    long base = byteOf(at.displacement(), target, size, unit);
    if (shape.count() > 0 && shape.datatype().size() > 0) {
      check(base, shape, target, size);
    }
    return new Place(base, shape.count(), shape.datatype());
  }

  /** The byte of a displacement; not checked against the size. */
  static long byteOf(long displacement, int target, long size, int unit) {
    if (displacement < 0) {
      throw new MpiException(ErrorClass.DISP, "the displacement must not be negative, but is " + displacement);
    }
    try {
      return Math.multiplyExact(displacement, unit);
    } catch (ArithmeticException e) {
      throw new MpiException(ErrorClass.RMA_RANGE, "the displacement " + displacement + " of " + unit
          + " bytes each leaves the window of rank " + target + ", which has " + size + " bytes", e);
    }
  }

  private static void check(long base, Region.Shape shape, int target, long size) {
    Datatype type = shape.datatype();
    long low;
    long high;
    try {
      long first = Math.addExact(base, type.trueLowerBound());
      long span = Math.multiplyExact(shape.count() - 1, type.extent());
      low = Math.addExact(first, Math.min(0, span));
      high = Math.addExact(Math.addExact(first, type.trueExtent()), Math.max(0, span));
    } catch (ArithmeticException e) {
      throw new MpiException(ErrorClass.RMA_RANGE, shape.count() + " x " + type + " at byte " + base
          + " reach beyond 2^63 bytes", e);
    }
    if (low < 0 || high > size) {
      throw outside(low, high, target, size);
    }
  }

  /** Bytes that are not all in a window. */
  static MpiException outside(long low, long high, int target, long size) {
    return new MpiException(ErrorClass.RMA_RANGE, "bytes " + low + " to " + high + " leave the window of rank "
        + target + ", which has " + size + " bytes");
  }
}
