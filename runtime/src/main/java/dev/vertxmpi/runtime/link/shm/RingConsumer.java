package dev.vertxmpi.runtime.link.shm;

import static dev.vertxmpi.runtime.link.shm.RingDescriptor.BULK;
import static dev.vertxmpi.runtime.link.shm.RingDescriptor.BULK_CAPACITY;
import static dev.vertxmpi.runtime.link.shm.RingDescriptor.BULK_MASK;
import static dev.vertxmpi.runtime.link.shm.RingDescriptor.LONG;
import static dev.vertxmpi.runtime.link.shm.RingDescriptor.RECORDS;
import static dev.vertxmpi.runtime.link.shm.RingDescriptor.RECORD_CAPACITY;
import static dev.vertxmpi.runtime.link.shm.RingDescriptor.RECORD_MASK;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The reading side of a ring, see {@link RingDescriptor}. One thread at a time, but {@link #isEmpty} from any.
 *
 * <p>The producer is not trusted. Each word of the ring is read once, checked, and used from a local: the peer may
 * change it at any time. No value leads outside the ring; nothing is allocated by length.
 */
final class RingConsumer {

  /** Gets the frames. */
  interface Taker {

    /** A frame; its payload is there until this returns. False to stop. */
    boolean take(Envelope envelope, MemorySegment memory, long offset, int length);
  }

  /** Bytes that the producer gets back together with a look at whether it waits for them. */
  private static final long BATCH = RECORD_CAPACITY / 4;
  private static final long BULK_BATCH = BULK_CAPACITY / 16;

  private final MemorySegment ring;
  private final MemorySegment readable;
  private long position;
  private long bulkPosition;
  private long lookedAt;
  private long bulkLookedAt;
  private ContextId context = new ContextId(0, 0);

  RingConsumer(MemorySegment ring) {
    this.ring = ring;
    this.readable = ring.asReadOnly();
  }

  /** Whether nothing is there. On other threads than the one that polls it may say no where the answer is yes. */
  boolean isEmpty() {
    long here = position;
    return !isCommitted((long) LONG.getAcquire(ring, RECORDS + (here & RECORD_MASK)), here);
  }

  private static boolean isCommitted(long word, long position) {
    return (word ^ RingDescriptor.lap(position)) > 0;
  }

  /**
   * Hands on what is there.
   *
   * @param most records in one go
   * @param mostBytes of payload, roughly
   * @return records that were there
   * @throws BrokenRingException where the peer wrote nonsense
   */
  int poll(Taker taker, int most, long mostBytes) {
    int count = 0;
    long bytes = 0;
    boolean go = true;
    while (go && count < most && bytes < mostBytes) {
      long here = position;
      long at = here & RECORD_MASK;
      long word = (long) LONG.getAcquire(ring, RECORDS + at);
      if (!isCommitted(word, here)) {
        break;
      }
      count++;
      word &= Long.MAX_VALUE;
      if (word == RingDescriptor.PADDING) {
        skip(at);
      } else {
        int length = length(word);
        bytes += length;
        go = take(taker, word, at, length);
      }
    }
    if (count > 0) {
      // What was read and cleared is so before the producer sees the space.
      LONG.setRelease(ring, RingDescriptor.RECORD_TAIL, position);
    }
    return count;
  }

  private static int length(long word) {
    if ((byte) word != Envelope.VERSION) {
      throw new BrokenRingException("a record of version " + (byte) word + ", but this side reads "
          + Envelope.VERSION);
    }
    long length = (word & ~RingDescriptor.CONTEXT_FOLLOWS) >>> 32;
    if (length > Envelope.MAX_PAYLOAD) {
      throw new BrokenRingException("payload of " + length + " bytes, but the limit is " + Envelope.MAX_PAYLOAD);
    }
    return (int) length;
  }

  private void skip(long at) {
    long toEnd = RECORD_CAPACITY - at;
    if (toEnd >= RingDescriptor.MOST) {
      throw new BrokenRingException("padding where there is space");
    }
    clear(at, toEnd);
    position += toEnd;
  }

  private boolean take(Taker taker, long word, long at, int length) {
    boolean follows = (word & RingDescriptor.CONTEXT_FOLLOWS) != 0;
    boolean bulk = length > RingDescriptor.INLINE;
    long payload = follows ? RingDescriptor.CONTEXT + RingDescriptor.CONTEXT_LENGTH : RingDescriptor.CONTEXT;
    long size = RingDescriptor.blocks(bulk ? payload : payload + length);
    if (size > RECORD_CAPACITY - at) {
      throw new BrokenRingException("a record leaves the ring");
    }
    long record = RECORDS + at;
    if (follows) {
      context((long) LONG.get(ring, record + RingDescriptor.CONTEXT),
          (long) LONG.get(ring, record + RingDescriptor.CONTEXT + 8));
    }
    long ranks = (long) LONG.get(ring, record + RingDescriptor.RANKS);
    Envelope envelope = new Envelope((byte) (word >>> 8), (short) (word >>> 16), context, (int) ranks,
        (int) (ranks >>> 32), (int) (long) LONG.get(ring, record + RingDescriptor.TAG),
        (long) LONG.get(ring, record + RingDescriptor.SEQUENCE), (long) LONG.get(ring, record + RingDescriptor.CHECK),
        (long) LONG.get(ring, record + RingDescriptor.FIRST), (long) LONG.get(ring, record + RingDescriptor.SECOND));
    boolean go;
    if (bulk) {
      long start = bulkPosition;
      if ((start & BULK_MASK) + length > BULK_CAPACITY) {
        start = (start | BULK_MASK) + 1;
      }
      go = taker.take(envelope, readable, BULK + (start & BULK_MASK), length);
      bulkPosition = start + RingDescriptor.blocks(length);
      LONG.setRelease(ring, RingDescriptor.BULK_TAIL, bulkPosition);
    } else {
      go = taker.take(envelope, readable, record + payload, length);
    }
    clear(at, size);
    position += size;
    return go;
  }

  private void context(long high, long low) {
    if (high != context.high() || low != context.low()) {
      context = new ContextId(high, low);
    }
  }

  private void clear(long at, long size) {
    for (long inner = RingDescriptor.BLOCK; inner < size; inner += RingDescriptor.BLOCK) {
      LONG.set(ring, RECORDS + at + inner, 0L);
    }
  }

  /**
   * Whether the producer waits for space that it has got since the last look; the caller tells it.
   *
   * @param always also where it got little: before the consumer sleeps
   */
  boolean producerWaits(boolean always) {
    if (!always && position - lookedAt < BATCH && bulkPosition - bulkLookedAt < BULK_BATCH) {
      return false;
    }
    lookedAt = position;
    bulkLookedAt = bulkPosition;
    // The tails are seen before this looks: either it sees the producer wait, or the producer sees the space.
    VarHandle.fullFence();
    return (long) LONG.getOpaque(ring, RingDescriptor.PRODUCER_WAITS) != 0
        && LONG.compareAndSet(ring, RingDescriptor.PRODUCER_WAITS, 1L, 0L);
  }

  /** Says whether somebody looks. Whoever stops to look does it with {@link #sleep}. */
  void state(long state) {
    LONG.setRelease(ring, RingDescriptor.CONSUMER_STATE, state);
  }

  /**
   * Says whom the producer has to wake, then looks once more.
   *
   * @return false where something has come meanwhile: the producer may not have seen that nobody looks
   */
  boolean sleep(long state) {
    state(state);
    // The state is seen before this looks: either it sees the record, or the producer sees the state. The other half
    // stands in RingProducer.stateAfterCommit.
    VarHandle.fullFence();
    return isEmpty();
  }
}
