package dev.vertxmpi.datatype;

import java.util.Objects;
import java.util.Optional;

/**
 * The sequence of primitives of a datatype, without places: what must agree at both ends of a message, in a collective,
 * and between origin and target of a window.
 *
 * <p>It does not matter how a sequence was built: four times {@code INT}, twice {@code contiguous(2, INT)} and once a
 * strided vector of four {@code INT} are the same. It takes a few words whatever its length.
 *
 * <p><b>How.</b> The sequence is a number to a fixed base modulo a prime: one digit for each element, its primitive's
 * code. Numbers of parts combine to the number of the whole, and the number of n repetitions takes log n steps.
 *
 * <pre>
 *   print(INT DOUBLE)            = code(INT) * base + code(DOUBLE)
 *   print(a then b)              = print(a) * base^elements(b) + print(b)
 * </pre>
 *
 * <p>For sequences of one primitive all answers are exact. Two different mixed sequences of the same length are taken
 * for the same with a chance of about elements / 2<sup>61</sup>.
 */
public final class Signature {

  /** No elements. */
  public static final Signature EMPTY = new Signature(0, 0, 0, 1, null);

  /** As {@link #code()}: no elements, or elements of several primitives. */
  public static final byte MIXED = 0;

  private static final long BASE = 0x12b9_1f4c_9a7d_53e5L;

  private final long elements;
  private final long size;
  /** The sequence as a number to the base, modulo the prime. */
  private final long print;
  /** The base to the power of the number of elements, modulo the prime. */
  private final long power;
  /** Null where there are several, or none. */
  private final Primitive primitive;
  private final long mixedCode;

  private Signature(long elements, long size, long print, long power, Primitive primitive) {
    this.elements = elements;
    this.size = size;
    this.print = print;
    this.power = power;
    this.primitive = primitive;
    this.mixedCode = primitive == null ? 0 : Mersenne.mix(primitive.code());
  }

  /** A number of elements of one primitive. */
  static Signature of(Primitive primitive, long elements) {
    return new Signature(1, primitive.size(), primitive.code(), BASE, primitive).times(elements);
  }

  /** This sequence, followed by another. */
  Signature then(Signature next) {
    if (elements == 0) {
      return next;
    }
    if (next.elements == 0) {
      return this;
    }
    return new Signature(Math.addExact(elements, next.elements), Math.addExact(size, next.size),
        Mersenne.add(Mersenne.multiply(print, next.power), next.print), Mersenne.multiply(power, next.power),
        primitive == next.primitive ? primitive : null);
  }

  /** This sequence several times: by doubling. */
  Signature times(long count) {
    if (count == 1) {
      return this;
    }
    Math.multiplyExact(size, count);
    Signature result = EMPTY;
    Signature doubled = this;
    for (long rest = count; rest > 0 && elements > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result = doubled.then(result);
      }
      if (rest > 1) {
        doubled = doubled.then(doubled);
      }
    }
    return result;
  }

  /**
   * The number of primitives.
   *
   * @return 0 or more
   */
  public long elements() {
    return elements;
  }

  /**
   * The length of the packed form.
   *
   * @return bytes
   */
  public long size() {
    return size;
  }

  /**
   * The primitive that all elements have.
   *
   * @return empty where there are several, or no elements
   */
  public Optional<Primitive> primitive() {
    return Optional.ofNullable(primitive);
  }

  /**
   * A short form of {@link #primitive()}, for the wire.
   *
   * @return {@link Primitive#code()}, or {@link #MIXED}
   */
  public byte code() {
    return primitive == null ? MIXED : primitive.code();
  }

  /**
   * Whether a number of repetitions of this sequence is the same as a number of repetitions of another.
   *
   * @param count repetitions of this, at least 0
   * @param other another sequence
   * @param otherCount repetitions of the other, at least 0
   * @return true where they have the same primitives in the same order
   */
  public boolean matches(long count, Signature other, long otherCount) {
    if (count == 0 || elements == 0 || otherCount == 0 || other.elements == 0) {
      return (count == 0 || elements == 0) == (otherCount == 0 || other.elements == 0);
    }
    if (primitive != other.primitive || Math.multiplyHigh(elements, count)
        != Math.multiplyHigh(other.elements, otherCount) || elements * count != other.elements * otherCount) {
      return false;
    }
    return primitive != null || times(count).print == other.times(otherCount).print;
  }

  /**
   * A fingerprint of a number of repetitions: the same for the same sequence, however it was built.
   *
   * @param count repetitions, at least 0
   * @return 0 for no elements; else different sequences rarely have the same
   */
  public int hash(long count) {
    if (count == 0 || elements == 0) {
      return 0;
    }
    long seed = primitive != null ? mixedCode : Mersenne.mix(times(count).print);
    long mixed = Mersenne.mix(seed + elements * count);
    return (int) (mixed >>> 32);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Signature that && elements == that.elements && size == that.size && print == that.print;
  }

  @Override
  public int hashCode() {
    return Objects.hash(elements, size, print);
  }

  @Override
  public String toString() {
    return primitive != null ? elements + " x " + primitive : elements + " elements of several primitives";
  }

  /** Arithmetic modulo the prime 2^61 - 1. */
  private static final class Mersenne {

    private static final long PRIME = (1L << 61) - 1;

    private Mersenne() {
    }

    static long add(long a, long b) {
      long sum = a + b;
      return sum >= PRIME ? sum - PRIME : sum;
    }

    static long multiply(long a, long b) {
      // 2^61 is 1 here, so the product is the sum of its upper and lower 61 bits.
      long low = a * b;
      long upper = Math.multiplyHigh(a, b) << 3 | low >>> 61;
      return add(upper, low & PRIME);
    }

    /** Spreads every bit over all others. */
    static long mix(long value) {
      long x = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
      x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
      return x ^ x >>> 31;
    }
  }
}
