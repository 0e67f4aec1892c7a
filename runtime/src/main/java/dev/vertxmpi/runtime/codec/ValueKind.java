package dev.vertxmpi.runtime.codec;

/**
 * The byte before each value. Numbers are little-endian, lengths are ints.
 *
 * <pre>
 *   NULL
 *   BOOLEAN ... DOUBLE          the number, in its own size; a boolean in a byte
 *   STRING JSON_OBJECT          length, UTF-8
 *   JSON_ARRAY
 *   BYTES ... DOUBLES           number of elements, elements
 *   BUFFER                      length, bytes
 *   UUID                        two longs, the more significant one first
 *   LIST                        number of elements, values
 *   RECORD                      class name (length, UTF-8), number of components (a byte), values
 *   REGISTERED                  class name (length, UTF-8), length, bytes
 * </pre>
 */
final class ValueKind {

  static final byte NULL = 0;
  static final byte BOOLEAN = 1;
  static final byte BYTE = 2;
  static final byte CHARACTER = 3;
  static final byte SHORT = 4;
  static final byte INTEGER = 5;
  static final byte LONG = 6;
  static final byte FLOAT = 7;
  static final byte DOUBLE = 8;
  static final byte STRING = 9;
  static final byte BYTES = 10;
  static final byte BOOLEANS = 11;
  static final byte CHARS = 12;
  static final byte SHORTS = 13;
  static final byte INTS = 14;
  static final byte LONGS = 15;
  static final byte FLOATS = 16;
  static final byte DOUBLES = 17;
  static final byte BUFFER = 18;
  static final byte JSON_OBJECT = 19;
  static final byte JSON_ARRAY = 20;
  static final byte UUID = 21;
  static final byte LIST = 22;
  static final byte RECORD = 23;
  static final byte REGISTERED = 24;

  /** How deep values may lie in each other. */
  static final int MOST_DEPTH = 64;

  private ValueKind() {
  }
}
