package dev.vertxmpi.datatype;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiProcedure;
import dev.vertxmpi.Op;
import dev.vertxmpi.Op.Predefined;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Applies the predefined operations to packed data.
 *
 * <table>
 *   <caption>What applies to what</caption>
 *   <tr><th></th><th>SUM PROD MIN MAX</th><th>BAND BOR BXOR LAND LOR LXOR</th><th>REPLACE NO_OP</th></tr>
 *   <tr><td>BYTE SHORT INT LONG</td><td>signed, wraps</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>CHAR</td><td>unsigned, wraps</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>FLOAT DOUBLE</td><td>as in {@link Math}</td><td>no</td><td>yes</td></tr>
 *   <tr><td>BOOLEAN</td><td>no</td><td>yes, results are 0 or 1</td><td>yes</td></tr>
 * </table>
 */
public final class Reduction {

  /** Elements that are combined in one go: 8 KiB of the longest ones stay in the nearest cache. */
  private static final int CHUNK = 1024;

  private Reduction() {
  }

  /**
   * Checks that an operation applies.
   *
   * @param op the operation
   * @param primitive of the data
   * @throws MpiException {@link ErrorClass#OP} where it does not
   */
  public static void check(Op op, Primitive primitive) {
    boolean applies = switch (op.kind()) {
      case SUM, PROD, MIN, MAX -> primitive != Primitive.BOOLEAN;
      case BAND, BOR, BXOR, LAND, LOR, LXOR -> !primitive.isFloating();
      case REPLACE, NO_OP -> true;
      case USER -> false;
    };
    if (!applies) {
      throw new MpiException(ErrorClass.OP, "the operation " + op + " does not apply to " + primitive);
    }
  }

  /**
   * Combines element by element: {@code inout[i] = left[i] op inout[i]}. {@link Op#REPLACE} copies {@code left},
   * {@link Op#NO_OP} changes nothing.
   *
   * @param op predefined
   * @param primitive of both
   * @param left packed; may lie anywhere, aligned or not
   * @param inout packed, of the same length; may lie anywhere, aligned or not; not overlapping {@code left}, but for
   *     being the same
   * @throws MpiException {@link ErrorClass#OP} where the operation does not apply; {@link ErrorClass#COUNT} where the
   *     lengths differ or cut an element
   */
  @MpiProcedure("MPI_Reduce_local")
  public static void combine(Op op, Primitive primitive, MemorySegment left, MemorySegment inout) {
    check(op, primitive);
    long bytes = inout.byteSize();
    if (left.byteSize() != bytes || bytes % primitive.size() != 0) {
      throw new MpiException(ErrorClass.COUNT, "left and inout must have the same whole number of " + primitive
          + ", but have " + left.byteSize() + " and " + bytes + " bytes");
    }
    switch (op.kind()) {
      case NO_OP -> { }
      case REPLACE -> MemorySegment.copy(left, 0, inout, 0, bytes);
      default -> {
        switch (primitive) {
          case LONG -> longs(op.kind(), left, inout);
          case FLOAT -> floats(op.kind(), left, inout);
          case DOUBLE -> doubles(op.kind(), left, inout);
          case INT -> ints(op.kind(), left, inout);
          default -> narrow(op.kind(), primitive, left, inout);
        }
      }
    }
  }

  /**
   * Combines one element, given as bits.
   *
   * @param op predefined
   * @param primitive of both
   * @param currentBits what is there; only the low bits count, as many as the primitive has
   * @param operandBits what comes from the origin
   * @return {@code operand op current}, its other bits 0; the operand for {@link Op#REPLACE}, what is there for
   *     {@link Op#NO_OP}
   * @throws MpiException {@link ErrorClass#OP} where the operation does not apply
   */
  public static long combineBits(Op op, Primitive primitive, long currentBits, long operandBits) {
    check(op, primitive);
    long mask = -1L >>> (64 - 8 * primitive.size());
    long bits = switch (op.kind()) {
      case REPLACE -> operandBits;
      case NO_OP -> currentBits;
      default -> Kernels.bits(op.kind(), primitive, currentBits, operandBits);
    };
    return bits & mask;
  }

  private static void ints(Predefined op, MemorySegment left, MemorySegment inout) {
    long count = inout.byteSize() / Integer.BYTES;
    int[] a = new int[(int) Math.min(count, CHUNK)];
    int[] b = new int[a.length];
    for (long done = 0; done < count; done += CHUNK) {
      int n = (int) Math.min(CHUNK, count - done);
      MemorySegment.copy(left, ValueLayout.JAVA_INT_UNALIGNED, done * Integer.BYTES, a, 0, n);
      MemorySegment.copy(inout, ValueLayout.JAVA_INT_UNALIGNED, done * Integer.BYTES, b, 0, n);
      Kernels.combine(op, a, b, n);
      MemorySegment.copy(b, 0, inout, ValueLayout.JAVA_INT_UNALIGNED, done * Integer.BYTES, n);
    }
  }

  private static void longs(Predefined op, MemorySegment left, MemorySegment inout) {
    long count = inout.byteSize() / Long.BYTES;
    long[] a = new long[(int) Math.min(count, CHUNK)];
    long[] b = new long[a.length];
    for (long done = 0; done < count; done += CHUNK) {
      int n = (int) Math.min(CHUNK, count - done);
      MemorySegment.copy(left, ValueLayout.JAVA_LONG_UNALIGNED, done * Long.BYTES, a, 0, n);
      MemorySegment.copy(inout, ValueLayout.JAVA_LONG_UNALIGNED, done * Long.BYTES, b, 0, n);
      Kernels.combine(op, a, b, n);
      MemorySegment.copy(b, 0, inout, ValueLayout.JAVA_LONG_UNALIGNED, done * Long.BYTES, n);
    }
  }

  private static void floats(Predefined op, MemorySegment left, MemorySegment inout) {
    long count = inout.byteSize() / Float.BYTES;
    float[] a = new float[(int) Math.min(count, CHUNK)];
    float[] b = new float[a.length];
    for (long done = 0; done < count; done += CHUNK) {
      int n = (int) Math.min(CHUNK, count - done);
      MemorySegment.copy(left, ValueLayout.JAVA_FLOAT_UNALIGNED, done * Float.BYTES, a, 0, n);
      MemorySegment.copy(inout, ValueLayout.JAVA_FLOAT_UNALIGNED, done * Float.BYTES, b, 0, n);
      Kernels.combine(op, a, b, n);
      MemorySegment.copy(b, 0, inout, ValueLayout.JAVA_FLOAT_UNALIGNED, done * Float.BYTES, n);
    }
  }

  private static void doubles(Predefined op, MemorySegment left, MemorySegment inout) {
    long count = inout.byteSize() / Double.BYTES;
    double[] a = new double[(int) Math.min(count, CHUNK)];
    double[] b = new double[a.length];
    for (long done = 0; done < count; done += CHUNK) {
      int n = (int) Math.min(CHUNK, count - done);
      MemorySegment.copy(left, ValueLayout.JAVA_DOUBLE_UNALIGNED, done * Double.BYTES, a, 0, n);
      MemorySegment.copy(inout, ValueLayout.JAVA_DOUBLE_UNALIGNED, done * Double.BYTES, b, 0, n);
      Kernels.combine(op, a, b, n);
      MemorySegment.copy(b, 0, inout, ValueLayout.JAVA_DOUBLE_UNALIGNED, done * Double.BYTES, n);
    }
  }

  /** One- and two-byte primitives: widened to ints, combined, and cut again. */
  private static void narrow(Predefined op, Primitive primitive, MemorySegment left, MemorySegment inout) {
    int size = primitive.size();
    byte[] packed = new byte[(int) Math.min(inout.byteSize(), (long) CHUNK * size)];
    int[] a = new int[packed.length / size];
    int[] b = new int[a.length];
    for (long done = 0; done < inout.byteSize(); done += packed.length) {
      int n = (int) Math.min(packed.length, inout.byteSize() - done);
      MemorySegment.copy(left, ValueLayout.JAVA_BYTE, done, packed, 0, n);
      Narrow.widen(primitive, packed, a, n / size);
      MemorySegment.copy(inout, ValueLayout.JAVA_BYTE, done, packed, 0, n);
      Narrow.widen(primitive, packed, b, n / size);
      Kernels.combine(op, a, b, n / size);
      Narrow.cut(b, packed, size, n / size);
      MemorySegment.copy(packed, 0, inout, ValueLayout.JAVA_BYTE, done, n);
    }
  }
}
