package dev.vertxmpi.runtime.coll;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Where each rank of a host notes how far it has come, so that all know with one store and one look at each other.
 *
 * <pre>
 *   a page of each rank: it alone writes, all others read
 *
 *        63             24 23            0
 *    0  |      number      |     hash     |   the last barrier that it has come to; or CLOSED
 *    8  |             number              |   that barrier, while its loop sleeps; else 0
 * </pre>
 *
 * <p><b>What a mark says.</b> All calls before that number are complete at this rank, and the call with that number is
 * a barrier; the hash is that of its fingerprint. So who sees marks of all others with the own number, or a greater
 * one, may pass. A rank for which that is not so, because another call is under way or one has failed, does not write.
 *
 * <p><b>Sleep.</b> A rank stores that it sleeps, then looks at the marks once more; the others store their marks, then
 * look who sleeps, each with a full fence between. So the last to come sees either all marks and all sleepers, or
 * somebody comes after it. Not thread-safe.
 */
final class Board {

  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private static final long ARRIVED = 0;
  private static final long ASLEEP = 8;
  static final long LENGTH = 16;

  private static final int HASH_BITS = 24;
  private static final long CLOSED = -1;

  private final MemorySegment own;
  private final MemorySegment[] others;
  /** The mark to wait for, and how many of the others were seen to have it. */
  private long mark;
  private int seen;

  /** Of {@code own} memory and the mapped one of the others, zero at first; null for this rank itself. */
  Board(MemorySegment own, MemorySegment[] others) {
    this.own = own;
    this.others = Arrays.copyOf(others, others.length);
  }

  static void clear(MemorySegment page) {
    LONG.setVolatile(page, ARRIVED, 0L);
    LONG.setVolatile(page, ASLEEP, 0L);
  }

  /** Notes that this rank has come to a barrier, and whether it was the last. */
  boolean arrive(long number, Fingerprint print) {
    mark = (number << HASH_BITS) | hash(print.bits());
    seen = 0;
    LONG.setRelease(own, ARRIVED, mark);
    VarHandle.fullFence();
    return haveAllCome();
  }

  private static long hash(long bits) {
    return (bits ^ (bits >>> HASH_BITS) ^ (bits >>> (Long.SIZE - HASH_BITS))) & ((1L << HASH_BITS) - 1);
  }

  /** Whether all others have come. False for ever where one notes no more. */
  boolean haveAllCome() {
    while (seen < others.length && hasCome(others[seen])) {
      seen++;
    }
    return seen == others.length;
  }

  private boolean hasCome(MemorySegment other) {
    if (other == null) {
      return true;
    }
    long its = (long) LONG.getAcquire(other, ARRIVED);
    return its == mark || (its >= 0 && its >>> HASH_BITS > mark >>> HASH_BITS);
  }

  /** Notes that the loop sleeps from now on. The caller looks once more before it does. */
  void sleep() {
    LONG.setRelease(own, ASLEEP, mark >>> HASH_BITS);
    VarHandle.fullFence();
  }

  void wake() {
    LONG.setRelease(own, ASLEEP, 0L);
  }

  /** Those who sleep while they wait for the same. */
  void forSleepers(IntConsumer action) {
    for (int rank = 0; rank < others.length; rank++) {
      if (others[rank] != null && (long) LONG.getAcquire(others[rank], ASLEEP) == mark >>> HASH_BITS) {
        action.accept(rank);
      }
    }
  }

  /** Notes nothing more. */
  void close() {
    LONG.setRelease(own, ARRIVED, CLOSED);
  }
}
