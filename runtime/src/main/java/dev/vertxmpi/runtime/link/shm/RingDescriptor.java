package dev.vertxmpi.runtime.link.shm;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The layout of a ring: one direction of a pair of nodes, one producer, one consumer. Numbers are in the byte order of
 * the host, which both ends share.
 *
 * <pre>
 *        0 +--------------------------------------------------------------+
 *          | nonce of the consumer, 32 bytes | of the producer, 32 bytes  |   once, to prove that both map the file
 *      256 +--------------------------------------------------------------+
 *          | record tail (8) | bulk tail (8)                              |   written by the consumer
 *      512 +--------------------------------------------------------------+
 *          | consumer state (8): awake, or who must be woken              |   by the consumer; the producer clears it
 *      768 +--------------------------------------------------------------+
 *          | producer waits for space (8)                                 |   by the producer; the consumer clears it
 *     4096 +--------------------------------------------------------------+
 *          | records, 128 KiB                                             |   written by the producer
 *   135168 +--------------------------------------------------------------+
 *          | bulk, 1 MiB                                                  |   written by the producer
 *  1183744 +--------------------------------------------------------------+
 * </pre>
 *
 * <p>Each part that one side writes has lines of the cache of its own. Positions (tails, and heads, which stay in their
 * process) count bytes from the begin and never wrap; the place is the position modulo the capacity.
 *
 * <p>A <b>record</b> takes whole blocks of 64 bytes, one line. It is an {@link dev.vertxmpi.spi.link.Envelope} with
 * its words in another order, so that a short message is one line, and without its reserved words:
 *
 * <pre>
 *     0        1        2        3        4        5        6        7
 *    +--------+--------+-----------------+-----------------------------+--+
 *   0| version|  kind  |      flags      |      payload length         |CL|   commit word
 *    +--------+--------+-----------------+-----------------------------+--+
 *   8|                             sequence                              |
 *  16|                             check                                 |
 *  24|                             first                                 |
 *  32|                             second                                |
 *    +-----------------------------------+-------------------------------+
 *  40|              source               |            target             |
 *    +-----------------------------------+-------------------------------+
 *  48|               tag                 |         not used              |
 *    +-----------------------------------+-------------------------------+
 *  56| payload ...                               where C is 0             |
 *    | context, 16 bytes, then payload ...       where C is 1             |
 *    +-------------------------------------------------------------------+
 * </pre>
 *
 * <ul>
 *   <li><b>Commit word.</b> Stored last, with release; loaded first, with acquire. It counts only where L, the parity
 *       of the lap around the ring, is that of the position: what an earlier lap left there does not. So a record
 *       travels in its own lines alone; there is no index of the head.</li>
 *   <li><b>C.</b> The context follows. Where it does not, it is that of the record before.</li>
 *   <li><b>Inner blocks.</b> The first word of each block but the first of a record is payload and could look like a
 *       commit word in the next lap: the consumer clears it before it gives the space back.</li>
 *   <li><b>Bulk.</b> A payload longer than {@link #INLINE} lies in the bulk part, in one piece: behind the one before
 *       it, or at the begin where it would not fit before the end. Both sides compute that place from the lengths.</li>
 *   <li><b>Padding.</b> Where a record does not fit before the end, a commit word of version {@link #PADDING} stands
 *       in its place and the record at the begin.</li>
 * </ul>
 */
final class RingDescriptor {

  static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  static final int NONCE_LENGTH = 32;
  static final long CONSUMER_NONCE = 0;
  static final long PRODUCER_NONCE = 32;
  static final long RECORD_TAIL = 256;
  static final long BULK_TAIL = 264;
  static final long CONSUMER_STATE = 512;
  static final long PRODUCER_WAITS = 768;

  static final long RECORDS = 4096;
  static final int RECORD_BITS = 17;
  static final long RECORD_CAPACITY = 1L << RECORD_BITS;
  static final long RECORD_MASK = RECORD_CAPACITY - 1;
  static final long BULK = RECORDS + RECORD_CAPACITY;
  static final long BULK_CAPACITY = 1 << 20;
  static final long BULK_MASK = BULK_CAPACITY - 1;

  /** Length of the whole file. */
  static final long FILE_LENGTH = BULK + BULK_CAPACITY;

  static final int BLOCK = 64;
  static final int SEQUENCE = 8;
  static final int CHECK = 16;
  static final int FIRST = 24;
  static final int SECOND = 32;
  static final int RANKS = 40;
  static final int TAG = 48;
  static final int CONTEXT = 56;
  static final int CONTEXT_LENGTH = 16;

  /** The longest payload that lies in its record. */
  static final int INLINE = 1024;

  /** The longest record. */
  static final int MOST = CONTEXT + CONTEXT_LENGTH + INLINE + BLOCK - 1 & -BLOCK;

  /** Not an envelope, but the rest of the ring. */
  static final long PADDING = 0x7F;

  /** Bit C of the commit word. */
  static final long CONTEXT_FOLLOWS = 1L << 62;

  /** Consumer state: somebody looks. */
  static final long AWAKE = 0;

  /** Consumer state: whoever commits rings at the endpoint. */
  static final long ASLEEP = 1;

  /** Consumer state: whoever commits wakes the loop of a rank, which looks. */
  static final long LOOP_ASLEEP = 2;

  private RingDescriptor() {
  }

  /** Bit L for a position, as the sign of a word. */
  static long lap(long position) {
    return (position << (63 - RECORD_BITS)) & Long.MIN_VALUE;
  }

  /** The blocks that so many bytes take, in bytes. */
  static long blocks(long bytes) {
    return bytes + (BLOCK - 1) & -BLOCK;
  }
}
