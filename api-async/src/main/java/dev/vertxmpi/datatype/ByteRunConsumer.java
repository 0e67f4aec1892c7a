package dev.vertxmpi.datatype;

/** Takes the pieces that {@link ByteRuns} finds. */
@FunctionalInterface
public interface ByteRunConsumer {

  /**
   * A piece of data without gaps.
   *
   * @param memoryOffset where it lies in memory, or in a file
   * @param packedOffset where it lies in packed form, counted from the packed form's beginning
   * @param length bytes, at least 1
   */
  void accept(long memoryOffset, long packedOffset, long length);
}
