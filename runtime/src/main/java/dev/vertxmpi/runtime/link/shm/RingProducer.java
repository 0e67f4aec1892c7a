package dev.vertxmpi.runtime.link.shm;

import static dev.vertxmpi.runtime.link.shm.RingDescriptor.BLOCK;
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

/** The writing side of a ring, see {@link RingDescriptor}. One thread at a time. */
final class RingProducer {

  private final MemorySegment ring;
  private long head;
  private long knownTail;
  private long bulkHead;
  private long knownBulkTail;
  private long contextHigh;
  private long contextLow;

  RingProducer(MemorySegment ring) {
    this.ring = ring;
  }

  /**
   * Writes a frame.
   *
   * @return false where there is no space for it now
   * @throws BrokenRingException where the peer's part of the ring is nonsense
   */
  boolean offer(Envelope envelope, MemorySegment payload, long offset, int length) {
    ContextId context = envelope.context();
    boolean follows = context.high() != contextHigh || context.low() != contextLow;
    long at = follows ? RingDescriptor.CONTEXT + RingDescriptor.CONTEXT_LENGTH : RingDescriptor.CONTEXT;
    if (length > RingDescriptor.INLINE) {
      return offerBulk(envelope, payload, offset, length, follows, at);
    }
    long size = RingDescriptor.blocks(at + length);
    long record = claim(size);
    if (record < 0) {
      return false;
    }
    PayloadCopy.in(payload, offset, ring, record + at, length);
    commit(record, envelope, length, follows, size);
    return true;
  }

  private boolean offerBulk(Envelope envelope, MemorySegment payload, long offset, int length, boolean follows,
      long at) {
    if (length > Envelope.MAX_PAYLOAD) {
      throw new IllegalArgumentException("payload of " + length + " bytes, but the limit is " + Envelope.MAX_PAYLOAD);
    }
    long start = bulkHead;
    if ((start & BULK_MASK) + length > BULK_CAPACITY) {
      start = (start | BULK_MASK) + 1;
    }
    long end = start + RingDescriptor.blocks(length);
    if (end - knownBulkTail > BULK_CAPACITY) {
      knownBulkTail = tail(RingDescriptor.BULK_TAIL, knownBulkTail, bulkHead);
      if (end - knownBulkTail > BULK_CAPACITY) {
        return false;
      }
    }
    long size = RingDescriptor.blocks(at);
    long record = claim(size);
    if (record < 0) {
      return false;
    }
    PayloadCopy.in(payload, offset, ring, BULK + (start & BULK_MASK), length);
    bulkHead = end;
    commit(record, envelope, length, follows, size);
    return true;
  }

  /** Finds space for a record; -1 where there is none. */
  private long claim(long size) {
    long toEnd = RECORD_CAPACITY - (head & RECORD_MASK);
    long need = size <= toEnd ? size : toEnd + size;
    if (head + need - knownTail > RECORD_CAPACITY) {
      knownTail = tail(RingDescriptor.RECORD_TAIL, knownTail, head);
      if (head + need - knownTail > RECORD_CAPACITY) {
        return -1;
      }
    }
    if (size > toEnd) {
      LONG.setRelease(ring, RECORDS + (head & RECORD_MASK), RingDescriptor.PADDING | RingDescriptor.lap(head));
      head += toEnd;
    }
    return RECORDS + (head & RECORD_MASK);
  }

  private void commit(long record, Envelope envelope, int length, boolean follows, long size) {
    LONG.set(ring, record + RingDescriptor.SEQUENCE, envelope.sequence());
    LONG.set(ring, record + RingDescriptor.CHECK, envelope.check());
    LONG.set(ring, record + RingDescriptor.FIRST, envelope.first());
    LONG.set(ring, record + RingDescriptor.SECOND, envelope.second());
    LONG.set(ring, record + RingDescriptor.RANKS, (envelope.source() & 0xFFFFFFFFL) | (long) envelope.target() << 32);
    LONG.set(ring, record + RingDescriptor.TAG, envelope.tag() & 0xFFFFFFFFL);
    long word = Envelope.VERSION | (envelope.kind() & 0xFFL) << 8 | (envelope.flags() & 0xFFFFL) << 16
        | (long) length << 32 | RingDescriptor.lap(head);
    if (follows) {
      contextHigh = envelope.context().high();
      contextLow = envelope.context().low();
      LONG.set(ring, record + RingDescriptor.CONTEXT, contextHigh);
      LONG.set(ring, record + RingDescriptor.CONTEXT + 8, contextLow);
      word |= RingDescriptor.CONTEXT_FOLLOWS;
    }
    head += size;
    // All of the record is there before its commit word.
    LONG.setRelease(ring, record, word);
  }

  /** A tail as the peer gives it: between the one before and the head. */
  private long tail(long where, long before, long most) {
    long tail = (long) LONG.getAcquire(ring, where);
    if (tail < before || tail > most || (tail & BLOCK - 1) != 0) {
      throw new BrokenRingException("the peer gave space back that it did not have");
    }
    return tail;
  }

  /** How far the consumer is, as far as it says. */
  long taken() {
    knownTail = tail(RingDescriptor.RECORD_TAIL, knownTail, head);
    return knownTail;
  }

  boolean isConsumed() {
    return taken() == head;
  }

  /** Whether the consumer looks, or who must be woken, as far as it is known without waiting for what was committed. */
  long consumerState() {
    return (long) LONG.getOpaque(ring, RingDescriptor.CONSUMER_STATE);
  }

  /** Whether the consumer looks, or who must be woken for what was committed; see {@link RingDescriptor}. */
  long stateAfterCommit() {
    // The record is seen before this looks: either the consumer sees it, or this sees that it sleeps. The other half
    // stands in RingConsumer.sleep.
    VarHandle.fullFence();
    return consumerState();
  }

  /** Makes the caller the one who rings for a state; false where somebody else does. */
  boolean claimBell(long state) {
    return LONG.compareAndSet(ring, RingDescriptor.CONSUMER_STATE, state, RingDescriptor.AWAKE);
  }

  /** Asks the consumer to say when there is space. The caller tries once more before it waits. */
  void waitForSpace() {
    LONG.setVolatile(ring, RingDescriptor.PRODUCER_WAITS, 1L);
    // Seen before the next look at the tails: the other half stands in RingConsumer.producerWaits.
    VarHandle.fullFence();
  }
}
