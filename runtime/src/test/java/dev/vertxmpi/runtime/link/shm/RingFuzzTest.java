package dev.vertxmpi.runtime.link.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hostile peer may write anything anywhere in the ring: this side says so or goes on, within the ring. */
class RingFuzzTest {

  private static final int ROUNDS = 50_000;
  private static final int MANY_ROUNDS = 10_000_000;
  private static final int MOST = 64;

  private static final Envelope ENVELOPE = new Envelope((byte) 16, (short) 0, new ContextId(1, 2), 0, 0, 0, 0, 0, 0, 0);
  private static final MemorySegment PAYLOAD = MemorySegment.ofArray(new byte[Envelope.MAX_PAYLOAD]);

  private final MemorySegment memory = Arena.ofAuto().allocate(RingDescriptor.FILE_LENGTH, 4096);

  @Test
  void shouldSurviveAnyRecords() {
    consume(ROUNDS);
  }

  @Test
  @Tag("slow")
  void shouldSurviveManyRecords() {
    consume(MANY_ROUNDS);
  }

  private void consume(int rounds) {
    Random random = new Random(7);
    RingConsumer consumer = new RingConsumer(memory);
    long taken = 0;
    for (int round = 0; round < rounds; round++) {
      // Around where the consumer looks next: elsewhere nothing is read.
      long position = memory.get(ValueLayout.JAVA_LONG, RingDescriptor.RECORD_TAIL);
      for (int words = random.nextInt(20); words >= 0; words--) {
        long at = position + random.nextInt(40) * 8L & RingDescriptor.RECORD_MASK;
        memory.set(ValueLayout.JAVA_LONG, RingDescriptor.RECORDS + at, word(random, at));
      }
      int[] calls = new int[1];
      try {
        int found = consumer.poll((envelope, from, offset, length) -> {
          calls[0]++;
          assertTrue(length >= 0 && length <= Envelope.MAX_PAYLOAD);
          assertTrue(offset >= RingDescriptor.RECORDS && offset + length <= RingDescriptor.FILE_LENGTH);
          return true;
        }, MOST, 1 << 20);
        assertTrue(found <= MOST && calls[0] <= found);
        taken += calls[0];
      } catch (BrokenRingException e) {
        assertFalse(e.getMessage().isBlank());
        // The link is dead now; a fresh ring for the next round.
        memory.fill((byte) 0);
        consumer = new RingConsumer(memory);
      }
    }
    assertTrue(taken > rounds / 100, "the fuzzer is to come past the checks, but did " + taken + " times");
  }

  /** Any, or nearly a commit word. */
  private static long word(Random random, long at) {
    long length = switch (random.nextInt(4)) {
      case 0 -> random.nextInt(100);
      case 1 -> RingDescriptor.INLINE + random.nextInt(3) - 1;
      case 2 -> Envelope.MAX_PAYLOAD + random.nextInt(3) - 2;
      default -> random.nextInt();
    };
    long lap = random.nextBoolean() ? Long.MIN_VALUE : 0;
    long follows = random.nextBoolean() ? RingDescriptor.CONTEXT_FOLLOWS : 0;
    return switch (random.nextInt(5)) {
      case 0 -> random.nextLong();
      case 1 -> RingDescriptor.PADDING | lap;
      default -> Envelope.VERSION | (at << 8 & 0xFF00) | (length << 32 & ~(3L << 62)) | lap | follows;
    };
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertBroken("version 2", 2);
    assertBroken("but the limit is", Envelope.VERSION | (Envelope.MAX_PAYLOAD + 1L) << 32);
    assertBroken("padding where there is space", RingDescriptor.PADDING);
  }

  private void assertBroken(String message, long word) {
    memory.fill((byte) 0);
    RingConsumer consumer = new RingConsumer(memory);
    memory.set(ValueLayout.JAVA_LONG, RingDescriptor.RECORDS, word);
    BrokenRingException broken = assertThrows(BrokenRingException.class, () ->
        consumer.poll((envelope, from, offset, length) -> true, MOST, 1 << 20));
    assertTrue(broken.getMessage().contains(message), broken.getMessage());
  }

  @Test
  void shouldRefuseARecordThatLeavesTheRing() {
    RingProducer producer = new RingProducer(memory);
    RingConsumer consumer = new RingConsumer(memory);
    long blocks = RingDescriptor.RECORD_CAPACITY / RingDescriptor.BLOCK - 1;
    // The first record is longer by its context.
    for (long i = 0; i < blocks - 1; i++) {
      assertTrue(producer.offer(ENVELOPE, PAYLOAD, 0, 0));
      consumer.poll((envelope, from, offset, length) -> true, MOST, 1 << 20);
    }
    memory.set(ValueLayout.JAVA_LONG, RingDescriptor.RECORDS + RingDescriptor.RECORD_CAPACITY - RingDescriptor.BLOCK,
        Envelope.VERSION | 500L << 32);
    BrokenRingException broken = assertThrows(BrokenRingException.class, () ->
        consumer.poll((envelope, from, offset, length) -> true, MOST, 1 << 20));
    assertEquals("a record leaves the ring", broken.getMessage());
  }

  @Test
  void shouldSurviveAnyTails() {
    Random random = new Random(8);
    RingProducer producer = new RingProducer(memory);
    int sent = 0;
    int broken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      memory.set(ValueLayout.JAVA_LONG, random.nextBoolean() ? RingDescriptor.RECORD_TAIL : RingDescriptor.BULK_TAIL,
          random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(4096) * 64L);
      memory.set(ValueLayout.JAVA_LONG, RingDescriptor.CONSUMER_STATE, random.nextInt(4));
      try {
        if (producer.offer(ENVELOPE, PAYLOAD, 0, random.nextInt(random.nextBoolean() ? 200 : 100_000))) {
          sent++;
        }
        producer.isConsumed();
      } catch (BrokenRingException e) {
        broken++;
        memory.fill((byte) 0);
        producer = new RingProducer(memory);
      }
    }
    assertTrue(sent > 100 && broken > 100, sent + " sent, " + broken + " broken");
  }
}
