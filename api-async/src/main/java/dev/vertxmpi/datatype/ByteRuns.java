package dev.vertxmpi.datatype;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;

/** Finds the bytes of repeated datatypes, from any packed position on. */
public final class ByteRuns {

  private ByteRuns() {
  }

  /**
   * Walks over a part of the packed form of a datatype that is repeated without end.
   *
   * <pre>
   *   packed    0         size      2 * size
   *             |aaabbbcc |aaabbbcc |aaabbbcc | ...
   *                   ^ from     ^ from + length
   *
   *   memory    |..aaa...bbb.cc.....|..aaa...bbb.cc.....| ...
   *             ^ origin            ^ origin + extent
   * </pre>
   *
   * <p>Pieces come in packed order; pieces that follow one another in memory too come as one. Finding the first takes
   * a time that does not depend on the position.
   *
   * @param type the datatype
   * @param origin of the first element, in bytes
   * @param from first packed byte, at least 0
   * @param length number of packed bytes, at least 0
   * @param consumer takes the pieces
   * @throws MpiException {@link ErrorClass#ARG} for a negative position or length, or where there are that many bytes
   *     but the datatype has none, or where a place lies beyond 2<sup>63</sup> bytes
   */
  public static void forEach(Datatype type, long origin, long from, long length, ByteRunConsumer consumer) {
    Joiner joiner = new Joiner(from, consumer);
    LayoutWalk.walk(type, origin, from, length, joiner);
    joiner.flush();
  }

  /** Holds a piece back until it is clear that the next one does not touch it. */
  private static final class Joiner implements LayoutWalk.Visitor {

    private final ByteRunConsumer consumer;
    private long packed;
    private long start;
    private long pending;

    Joiner(long from, ByteRunConsumer consumer) {
      this.packed = from;
      this.consumer = consumer;
    }

    @Override
    public void block(long offset, long bytes) {
      if (pending > 0 && start + pending == offset) {
        pending += bytes;
        return;
      }
      flush();
      start = offset;
      pending = bytes;
    }

    void flush() {
      if (pending > 0) {
        consumer.accept(start, packed, pending);
        packed += pending;
        pending = 0;
      }
    }
  }
}
