package dev.vertxmpi.datatype;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReductionTest {

  private static final List<Op> ALL = List.of(Op.SUM, Op.PROD, Op.MIN, Op.MAX, Op.BAND, Op.BOR, Op.BXOR, Op.LAND,
      Op.LOR, Op.LXOR, Op.REPLACE, Op.NO_OP);

  /** More than one chunk, and not a whole number of them. */
  private static final int ELEMENTS = 2500;

  static Stream<Arguments> applicable() {
    return Stream.of(Primitive.values()).flatMap(primitive -> ALL.stream().filter(op -> applies(op, primitive))
        .map(op -> Arguments.of(op, primitive)));
  }

  static Stream<Arguments> inapplicable() {
    return Stream.of(Primitive.values()).flatMap(primitive -> ALL.stream().filter(op -> !applies(op, primitive))
        .map(op -> Arguments.of(op, primitive)));
  }

  private static boolean applies(Op op, Primitive primitive) {
    return switch (op.kind()) {
      case REPLACE, NO_OP -> true;
      case SUM, PROD, MIN, MAX -> primitive != Primitive.BOOLEAN;
      default -> primitive != Primitive.FLOAT && primitive != Primitive.DOUBLE;
    };
  }

  @ParameterizedTest
  @MethodSource("applicable")
  void shouldCombineEachElement(Op op, Primitive primitive) {
    byte[] left = random(primitive, 1);
    byte[] right = random(primitive, 2);
    byte[] expected = new byte[right.length];
    for (int i = 0; i < ELEMENTS; i++) {
      put(expected, primitive, i, naive(op, primitive, get(left, primitive, i), get(right, primitive, i)));
    }
    for (boolean leftNative : new boolean[] {false, true}) {
      for (boolean rightNative : new boolean[] {false, true}) {
        MemorySegment inout = segment(rightNative, right);
        MemorySegment operand = segment(leftNative, left);
        Reduction.combine(op, primitive, operand, inout);
        assertArrayEquals(expected, inout.toArray(ValueLayout.JAVA_BYTE));
        assertArrayEquals(left, operand.toArray(ValueLayout.JAVA_BYTE));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("applicable")
  void shouldCombineBitsAsItCombinesMemory(Op op, Primitive primitive) {
    byte[] left = random(primitive, 3);
    byte[] right = random(primitive, 4);
    byte[] expected = right.clone();
    Reduction.combine(op, primitive, MemorySegment.ofArray(left), MemorySegment.ofArray(expected));
    long noise = primitive.size() == 8 ? 0 : -1L << (8 * primitive.size());
    for (int i = 0; i < ELEMENTS; i++) {
      long bits = Reduction.combineBits(op, primitive, get(right, primitive, i) | noise,
          get(left, primitive, i) | noise);
      assertEquals(get(expected, primitive, i), bits);
    }
  }

  @ParameterizedTest
  @MethodSource("inapplicable")
  void shouldRefuseWhatDoesNotApply(Op op, Primitive primitive) {
    MpiException failure = assertThrows(MpiException.class, () -> Reduction.check(op, primitive));
    assertEquals(ErrorClass.OP, failure.errorClass());
    assertEquals("the operation " + op + " does not apply to " + primitive, failure.reason());
    MemorySegment nothing = MemorySegment.ofArray(new byte[0]);
    assertThrows(MpiException.class, () -> Reduction.combine(op, primitive, nothing, nothing));
    assertThrows(MpiException.class, () -> Reduction.combineBits(op, primitive, 0, 0));
  }

  @Test
  void shouldRefuseAUsersOperation() {
    Op user = Op.of("first", Integer.class, (a, b) -> a, false);
    assertThrows(MpiException.class, () -> Reduction.check(user, Primitive.INT));
  }

  @Test
  void shouldTakeTheSignOfZeroAndNanAsMathDoes() {
    double[] left = {0.0, -0.0, Double.NaN, 1};
    double[] right = {-0.0, 0.0, 1, Double.NaN};
    Reduction.combine(Op.MIN, Primitive.DOUBLE, MemorySegment.ofArray(left), MemorySegment.ofArray(right));
    assertArrayEquals(new double[] {-0.0, -0.0, Double.NaN, Double.NaN}, right);
  }

  @Test
  void shouldTreatCharsAsUnsigned() {
    char[] left = {0xffff, 1};
    char[] right = {1, 0xffff};
    Reduction.combine(Op.MAX, Primitive.CHAR, MemorySegment.ofArray(left), MemorySegment.ofArray(right));
    assertArrayEquals(new char[] {0xffff, 0xffff}, right);
    Reduction.combine(Op.SUM, Primitive.CHAR, MemorySegment.ofArray(new char[] {1, 2}), MemorySegment.ofArray(right));
    assertArrayEquals(new char[] {0, 1}, right);
  }

  @Test
  void shouldMakeBooleansZeroOrOne() {
    byte[] right = {0, 2, 4, 0};
    Reduction.combine(Op.BAND, Primitive.BOOLEAN, MemorySegment.ofArray(new byte[] {1, 1, 1, 0}),
        MemorySegment.ofArray(right));
    assertArrayEquals(new byte[] {0, 1, 1, 0}, right);
  }

  @Test
  void shouldCombineASegmentWithItself() {
    long[] values = {1, 2, 3};
    MemorySegment same = MemorySegment.ofArray(values);
    Reduction.combine(Op.SUM, Primitive.LONG, same, same);
    assertArrayEquals(new long[] {2, 4, 6}, values);
  }

  @Test
  void shouldRefuseDifferentLengths() {
    assertEquals(ErrorClass.COUNT, assertThrows(MpiException.class, () -> Reduction.combine(Op.SUM, Primitive.INT,
        MemorySegment.ofArray(new int[2]), MemorySegment.ofArray(new int[3]))).errorClass());
    assertThrows(MpiException.class, () -> Reduction.combine(Op.SUM, Primitive.INT,
        MemorySegment.ofArray(new byte[6]), MemorySegment.ofArray(new byte[6])));
  }

  /** With the operators of the type itself, one element at a time. */
  private static long naive(Op op, Primitive primitive, long a, long b) {
    return switch (op.kind()) {
      case REPLACE -> a;
      case NO_OP -> b;
      default -> switch (primitive) {
        case FLOAT -> Integer.toUnsignedLong(Float.floatToRawIntBits((float) floating(op,
            Float.intBitsToFloat((int) a), Float.intBitsToFloat((int) b))));
        case DOUBLE -> Double.doubleToRawLongBits(
            floating(op, Double.longBitsToDouble(a), Double.longBitsToDouble(b)));
        case BOOLEAN -> integer(op, a == 0 ? 0 : 1, b == 0 ? 0 : 1);
        case BYTE -> integer(op, (byte) a, (byte) b) & 0xff;
        case SHORT -> integer(op, (short) a, (short) b) & 0xffff;
        case CHAR -> integer(op, (char) a, (char) b) & 0xffff;
        case INT -> integer(op, (int) a, (int) b) & 0xffff_ffffL;
        case LONG -> integer(op, a, b);
      };
    };
  }

  private static long integer(Op op, long a, long b) {
    return switch (op.kind()) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> a < b ? a : b;
      case MAX -> a < b ? b : a;
      case BAND -> a & b;
      case BOR -> a | b;
      case BXOR -> a ^ b;
      case LAND -> a == 0 || b == 0 ? 0 : 1;
      case LOR -> a == 0 && b == 0 ? 0 : 1;
      case LXOR -> a == 0 ^ b == 0 ? 1 : 0;
      default -> throw new AssertionError(op);
    };
  }

  private static double floating(Op op, double a, double b) {
    return switch (op.kind()) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      default -> throw new AssertionError(op);
    };
  }

  /** Random values, with many zeros; floating-point ones are small whole numbers, so that any rounding agrees. */
  private static byte[] random(Primitive primitive, long seed) {
    Random random = new Random(seed);
    byte[] packed = new byte[ELEMENTS * primitive.size()];
    for (int i = 0; i < ELEMENTS; i++) {
      long value = random.nextInt(4) == 0 ? 0 : random.nextLong();
      put(packed, primitive, i, switch (primitive) {
        case FLOAT -> Float.floatToRawIntBits((byte) value);
        case DOUBLE -> Double.doubleToRawLongBits((byte) value);
        default -> value;
      });
    }
    return packed;
  }

  private static long get(byte[] packed, Primitive primitive, int index) {
    MemorySegment all = MemorySegment.ofArray(packed);
    return switch (primitive.size()) {
      case 1 -> packed[index] & 0xff;
      case 2 -> all.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * index) & 0xffff;
      case 4 -> all.get(ValueLayout.JAVA_INT_UNALIGNED, 4L * index) & 0xffff_ffffL;
      default -> all.get(ValueLayout.JAVA_LONG_UNALIGNED, 8L * index);
    };
  }

  private static void put(byte[] packed, Primitive primitive, int index, long bits) {
    MemorySegment all = MemorySegment.ofArray(packed);
    switch (primitive.size()) {
      case 1 -> packed[index] = (byte) bits;
      case 2 -> all.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * index, (short) bits);
      case 4 -> all.set(ValueLayout.JAVA_INT_UNALIGNED, 4L * index, (int) bits);
      default -> all.set(ValueLayout.JAVA_LONG_UNALIGNED, 8L * index, bits);
    }
  }

  /** Never aligned. */
  private static MemorySegment segment(boolean isNative, byte[] content) {
    MemorySegment segment = isNative
        ? Arena.ofAuto().allocate(content.length + 1L).asSlice(1)
        : MemorySegment.ofArray(new byte[content.length + 1]).asSlice(1);
    return segment.copyFrom(MemorySegment.ofArray(content));
  }
}
