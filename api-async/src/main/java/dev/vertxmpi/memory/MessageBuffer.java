package dev.vertxmpi.memory;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.Datatype;
import java.lang.foreign.MemorySegment;

/**
 * What the exact operations move: a number of elements of a datatype, somewhere in memory.
 *
 * <pre>
 *   memory   |....|element 0 |element 1 | ... |element count-1 |......|
 *                 ^          ^
 *                 offset     offset + datatype.extent()
 * </pre>
 *
 * @param memory where the elements lie
 * @param offset of the first element's origin, in bytes
 * @param count number of elements
 * @param datatype layout of one element
 */
public record MessageBuffer(Memory memory, long offset, long count, Datatype datatype) {

  /**
   * Checks that all elements lie in the memory.
   *
   * @param memory where the elements lie
   * @param offset of the first element's origin, in bytes
   * @param count number of elements
   * @param datatype layout of one element
   * @throws MpiException {@link ErrorClass#COUNT} for a negative count; {@link ErrorClass#BUFFER} where an element
   *     lies outside the memory
   */
  public MessageBuffer {
    if (count < 0) {
      throw new MpiException(ErrorClass.COUNT, "count must not be negative, but is " + count);
    }
    if (count > 0 && datatype.size() > 0) {
      checkBounds(memory, offset, count, datatype);
    }
  }

  private static void checkBounds(Memory memory, long offset, long count, Datatype datatype) {
    try {
      Math.multiplyExact(count, datatype.size());
      long first = Math.addExact(offset, datatype.trueLowerBound());
      long span = Math.multiplyExact(count - 1, datatype.extent());
      long low = Math.addExact(first, Math.min(0, span));
      long high = Math.addExact(Math.addExact(first, datatype.trueExtent()), Math.max(0, span));
      if (low < 0 || high > memory.size()) {
        throw new MpiException(ErrorClass.BUFFER, count + " x " + datatype + " at byte " + offset + " needs bytes "
            + low + " to " + high + ", but the memory has " + memory.size());
      }
    } catch (ArithmeticException e) {
      throw new MpiException(ErrorClass.BUFFER, count + " x " + datatype + " at byte " + offset
          + " reaches beyond 2^63 bytes", e);
    }
  }

  /**
   * Nothing: for ranks whose buffer does not count.
   *
   * @return a buffer of no elements
   */
  public static MessageBuffer empty() {
    return of(new byte[0]);
  }

  /**
   * Elements at the beginning of memory.
   *
   * @param memory where
   * @param count how many
   * @param datatype of one element
   * @return the buffer
   */
  public static MessageBuffer of(Memory memory, long count, Datatype datatype) {
    return new MessageBuffer(memory, 0, count, datatype);
  }

  /**
   * All whole elements of memory.
   *
   * @param memory where
   * @param datatype of one element, with a positive extent
   * @return the buffer
   * @throws MpiException {@link ErrorClass#TYPE} where the extent is not positive
   */
  public static MessageBuffer of(Memory memory, Datatype datatype) {
    if (datatype.extent() <= 0) {
      throw new MpiException(ErrorClass.TYPE, "the extent must be positive, but is " + datatype.extent());
    }
    return new MessageBuffer(memory, 0, memory.size() / datatype.extent(), datatype);
  }

  /**
   * A whole array.
   *
   * @param array its elements
   * @return the buffer over the array itself
   */
  public static MessageBuffer of(byte[] array) {
    return of(Memory.of(MemorySegment.ofArray(array)), array.length, Datatype.BYTE);
  }

  /**
   * A whole array.
   *
   * @param array its elements
   * @return the buffer over the array itself
   */
  public static MessageBuffer of(short[] array) {
    return of(Memory.of(MemorySegment.ofArray(array)), array.length, Datatype.SHORT);
  }

  /**
   * A whole array.
   *
   * @param array its elements
   * @return the buffer over the array itself
   */
  public static MessageBuffer of(char[] array) {
    return of(Memory.of(MemorySegment.ofArray(array)), array.length, Datatype.CHAR);
  }

  /**
   * A whole array.
   *
   * @param array its elements
   * @return the buffer over the array itself
   */
  public static MessageBuffer of(int[] array) {
    return of(Memory.of(MemorySegment.ofArray(array)), array.length, Datatype.INT);
  }

  /**
   * A whole array.
   *
   * @param array its elements
   * @return the buffer over the array itself
   */
  public static MessageBuffer of(long[] array) {
    return of(Memory.of(MemorySegment.ofArray(array)), array.length, Datatype.LONG);
  }

  /**
   * A whole array.
   *
   * @param array its elements
   * @return the buffer over the array itself
   */
  public static MessageBuffer of(float[] array) {
    return of(Memory.of(MemorySegment.ofArray(array)), array.length, Datatype.FLOAT);
  }

  /**
   * A whole array.
   *
   * @param array its elements
   * @return the buffer over the array itself
   */
  public static MessageBuffer of(double[] array) {
    return of(Memory.of(MemorySegment.ofArray(array)), array.length, Datatype.DOUBLE);
  }

  /**
   * Some of the elements.
   *
   * @param from the first, counted in elements
   * @param number how many
   * @return a buffer over the same memory
   * @throws MpiException {@link ErrorClass#COUNT} where they are not all in this buffer
   */
  public MessageBuffer slice(long from, long number) {
    if (from < 0 || number < 0 || from > count - number) {
      throw new MpiException(ErrorClass.COUNT,
          "elements " + from + " to " + (from + number) + " are not all among the " + count + " of the buffer");
    }
    return new MessageBuffer(memory, offset + from * datatype.extent(), number, datatype);
  }

  /**
   * The length of the data without the gaps of the datatype.
   *
   * @return bytes
   */
  public long bytes() {
    return count * datatype.size();
  }
}
