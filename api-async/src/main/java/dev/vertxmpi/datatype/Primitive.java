package dev.vertxmpi.datatype;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;

/**
 * What all data consists of in the end: the eight primitive types of Java.
 *
 * <p>In memory and in packed form they have the byte order of the machine. A boolean is a byte: zero is false, all else
 * true.
 */
public enum Primitive {
  /** A signed integer of 8 bits. */
  BYTE(1, 1),
  /** False or true, in 8 bits. */
  BOOLEAN(1, 2),
  /** An unsigned integer of 16 bits. */
  CHAR(2, 3),
  /** A signed integer of 16 bits. */
  SHORT(2, 4),
  /** A signed integer of 32 bits. */
  INT(4, 5),
  /** A signed integer of 64 bits. */
  LONG(8, 6),
  /** A floating-point number of 32 bits. */
  FLOAT(4, 7),
  /** A floating-point number of 64 bits. */
  DOUBLE(8, 8);

  private static final Primitive[] VALUES = values();

  private final int size;
  private final byte code;

  Primitive(int size, int code) {
    this.size = size;
    this.code = (byte) code;
  }

  /**
   * Its length, which is also its natural alignment.
   *
   * @return 1, 2, 4 or 8 bytes
   */
  public int size() {
    return size;
  }

  /**
   * Whether arithmetic on it is that of integers.
   *
   * @return false for boolean, float and double
   */
  public boolean isInteger() {
    return this != BOOLEAN && !isFloating();
  }

  /**
   * Whether arithmetic on it is that of floating-point numbers.
   *
   * @return true for float and double
   */
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE;
  }

  /**
   * Its number on the wire. It never changes.
   *
   * @return 1 to 8; 0 is free to mean none, or several
   */
  public byte code() {
    return code;
  }

  /**
   * The primitive with a number that came from a peer.
   *
   * @param code as {@link #code()} gives it
   * @return the primitive
   * @throws MpiException {@link ErrorClass#TYPE} where no primitive has the number
   */
  public static Primitive ofCode(int code) {
    if (code < 1 || code > VALUES.length) {
      throw new MpiException(ErrorClass.TYPE, "no primitive has the code " + code);
    }
    return VALUES[code - 1];
  }
}
