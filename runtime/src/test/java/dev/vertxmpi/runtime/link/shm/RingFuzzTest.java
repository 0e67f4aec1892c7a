package dev.vertxmpi.runtime.link.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A hostile peer may write anything anywhere in the ring: this side says so or goes on, within the ring. */
class RingFuzzTest {

  private static final int MOST = 64;

  private static final Envelope ENVELOPE = new Envelope((byte) 16, (short) 0, new ContextId(1, 2), 0, 0, 0, 0, 0, 0, 0);
  private static final MemorySegment PAYLOAD = MemorySegment.ofArray(new byte[Envelope.MAX_PAYLOAD]);

  private final MemorySegment memory = Arena.ofAuto().allocate(RingDescriptor.FILE_LENGTH, 4096);

  /** A fresh ring, after the last one broke; the bulk part may keep what it has. */
  private void clear() {
    memory.asSlice(0, RingDescriptor.BULK).fill((byte) 0);
  }

  @Test
  void shouldSurviveAnyRecords() {
    RingConsumer[] consumer = {new RingConsumer(memory)};
    int[] calls = {0};
    Fuzz.of(RingFuzzTest::words).refusing(BrokenRingException.class).run(input -> {
      write(ByteBuffer.wrap(input));
      int before = calls[0];
      try {
        int found = consumer[0].poll((envelope, from, offset, length) -> {
          calls[0]++;
          assertTrue(length >= 0 && length <= Envelope.MAX_PAYLOAD);
          assertTrue(offset >= RingDescriptor.RECORDS && offset + length <= RingDescriptor.FILE_LENGTH);
          return true;
        }, MOST, 1 << 20);
        assertTrue(found <= MOST && calls[0] - before <= found);
      } catch (BrokenRingException e) {
        clear();
        consumer[0] = new RingConsumer(memory);
        throw e;
      }
    }).mustTakeSome();
    assertTrue(calls[0] > 100, "the fuzzer is to come past the checks, but did " + calls[0] + " times");
  }

  /** Writes words around where the consumer looks next: elsewhere nothing is read. */
  private void write(ByteBuffer words) {
    long position = memory.get(ValueLayout.JAVA_LONG, RingDescriptor.RECORD_TAIL);
    while (words.hasRemaining()) {
      long at = position + words.get() * 8L & RingDescriptor.RECORD_MASK;
      memory.set(ValueLayout.JAVA_LONG, RingDescriptor.RECORDS + at, words.getLong());
    }
  }

  private static byte[] words(Random random) {
    ByteBuffer words = ByteBuffer.allocate((1 + random.nextInt(20)) * (1 + Long.BYTES));
    while (words.hasRemaining()) {
      words.put((byte) random.nextInt(40)).putLong(word(random));
    }
    return words.array();
  }

  /** Any, or nearly a commit word. */
  private static long word(Random random) {
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
      default -> Envelope.VERSION | (random.nextInt() & 0xFF00) | (length << 32 & ~(3L << 62)) | lap | follows;
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
    RingProducer[] producer = {new RingProducer(memory)};
    int[] sent = {0};
    Fuzz.of(RingFuzzTest::tail).refusing(BrokenRingException.class).run(input -> {
      ByteBuffer in = ByteBuffer.wrap(input);
      memory.set(ValueLayout.JAVA_LONG, in.get() == 0 ? RingDescriptor.RECORD_TAIL : RingDescriptor.BULK_TAIL,
          in.getLong());
      memory.set(ValueLayout.JAVA_LONG, RingDescriptor.CONSUMER_STATE, in.get());
      try {
        if (producer[0].offer(ENVELOPE, PAYLOAD, 0, in.getInt())) {
          sent[0]++;
        }
        producer[0].isConsumed();
      } catch (BrokenRingException e) {
        clear();
        producer[0] = new RingProducer(memory);
        throw e;
      }
    }).mustTakeSome();
    assertTrue(sent[0] > 100, sent[0] + " sent");
  }

  /** Which tail, its value, the state of the consumer, and how much is to be sent. */
  private static byte[] tail(Random random) {
    return ByteBuffer.allocate(2 + Long.BYTES + Integer.BYTES).put((byte) random.nextInt(2))
        .putLong(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(4096) * 64L)
        .put((byte) random.nextInt(4)).putInt(random.nextInt(random.nextInt(8) > 0 ? 200 : 100_000)).array();
  }
}
