package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A ring with both of its ends in one JVM. It goes on from try to try, so that tries begin anywhere in it, and at laps
 * of both parities.
 *
 * <p>Record <i>n</i> has n in every field of its envelope and in every word of its payload, but for the words that
 * would begin a block: these look like commit words.
 */
class TestRing {

  /** Blocks of 15: now and then the end of the ring needs padding. */
  static final int LONG_PAYLOAD = 15 * RingDescriptor.BLOCK - RingDescriptor.CONTEXT;

  private static final long COMMIT = Envelope.VERSION | 16L << 8;

  /** Rings of tries that are over, by the length of their payload. */
  private static final Queue<TestRing> FREE = new ConcurrentLinkedQueue<>();

  final MemorySegment memory;
  final RingProducer producer;
  final RingConsumer consumer;
  private final RingConsumer.Taker taker = this::take;
  private final MemorySegment payload;
  private final int length;
  private long written;
  private long read;
  private boolean broken;

  /** An empty ring for records with so many bytes of payload. */
  TestRing(int length) {
    boolean bulk = length > RingDescriptor.INLINE;
    this.memory = Arena.ofAuto().allocate(bulk ? RingDescriptor.FILE_LENGTH : RingDescriptor.BULK, 4096);
    this.producer = new RingProducer(memory);
    this.consumer = new RingConsumer(memory);
    this.payload = Arena.ofAuto().allocate(length, 8);
    this.length = length;
  }

  /** An empty ring, or one that an earlier try has left. A JVM of the harness runs one sort of test only. */
  static TestRing take(int length) {
    TestRing free = FREE.poll();
    return free != null ? free : new TestRing(length);
  }

  /** For the next try. */
  void free() {
    FREE.add(this);
  }

  /** Writes the next record; false where there is no space. */
  boolean write() {
    long number = written;
    for (int at = 0; at < length; at += 8) {
      payload.set(ValueLayout.JAVA_LONG, at, word(number, at));
    }
    if (!producer.offer(envelope(number), payload, 0, length)) {
      return false;
    }
    written++;
    return true;
  }

  static Envelope envelope(long number) {
    return new Envelope((byte) 16, (short) number, new ContextId(1, 2), (int) number, (int) number, (int) number,
        number, number, number, number);
  }

  /** The word of a payload at an offset. */
  static long word(long number, int at) {
    boolean begins = (RingDescriptor.CONTEXT + at) % RingDescriptor.BLOCK == 0;
    return begins ? COMMIT | number << 63 : number;
  }

  /** Reads records, and checks them. */
  int read(int most) {
    return consumer.poll(taker, most, Long.MAX_VALUE);
  }

  private boolean take(Envelope envelope, MemorySegment from, long offset, int bytes) {
    return check(envelope, from, offset, bytes);
  }

  boolean check(Envelope envelope, MemorySegment from, long offset, int bytes) {
    long number = read++;
    boolean whole = bytes == length && envelope.equals(envelope(number));
    for (int at = 0; whole && at < length; at += 8) {
      whole = from.get(ValueLayout.JAVA_LONG, offset + at) == word(number, at);
    }
    broken |= !whole;
    return true;
  }

  /** Whether each record that was read was that which was written, in order. */
  boolean isIntact() {
    return !broken;
  }

  /** Whether all that was written was read. */
  boolean isRead() {
    return read == written;
  }

  /** Reads until nothing is there. */
  void drain() {
    int found = 1;
    while (found > 0) {
      found = read(Integer.MAX_VALUE);
    }
  }

  /** Writes until there is no space. */
  void fill() {
    boolean space = true;
    while (space) {
      space = write();
    }
  }
}
