package dev.vertxmpi.runtime.link.shm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What goes into a ring comes out of it, whatever the lengths, laps and moments: compared with a queue. */
class RingPropertyTest {

  private static final int STEPS = 3000;

  private record Sent(Envelope envelope, byte[] payload) {
  }

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment memory = arena.allocate(RingDescriptor.FILE_LENGTH, 4096);
  private final RingProducer producer = new RingProducer(memory);
  private final RingConsumer consumer = new RingConsumer(memory);
  private final Queue<Sent> model = new ArrayDeque<>();
  private long taken;

  /** The ring goes on from try to try, so that tries begin anywhere in it. */
  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void shouldGiveWhatItTook(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int eagerness,
      @ForAll @IntRange(min = 0, max = 4) int shape) {
    Random random = new Random(seed);
    int sent = 0;
    taken = 0;
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(100) < eagerness) {
        Sent next = next(random, shape, step);
        MemorySegment from = source(random, next.payload());
        if (producer.offer(next.envelope(), from, 0, next.payload().length)) {
          model.add(next);
          sent++;
        } else {
          assertFalse(model.isEmpty(), "an empty ring has space for any frame");
        }
      } else {
        consumer.poll(this::check, 1 + random.nextInt(64), 1 << 20);
      }
    }
    while (!model.isEmpty()) {
      assertTrue(consumer.poll(this::check, 64, 1 << 20) > 0);
    }
    assertTrue(consumer.isEmpty());
    assertEquals(sent, taken);
    assertTrue(producer.isConsumed());
  }

  /** Mostly short, mostly long, around the limits, or all alike. */
  private static Sent next(Random random, int shape, int step) {
    int length = switch (shape) {
      case 0 -> random.nextInt(64);
      case 1 -> random.nextInt(RingDescriptor.INLINE + 1);
      case 2 -> random.nextInt(Envelope.MAX_PAYLOAD + 1);
      case 3 -> RingDescriptor.INLINE - 2 + random.nextInt(4);
      default -> random.nextInt(10) == 0 ? Envelope.MAX_PAYLOAD : random.nextInt(200);
    };
    byte[] payload = new byte[length];
    // What looks like a commit word in the payload must not be taken for one.
    long word = Envelope.VERSION | 16 << 8 | (random.nextBoolean() ? Long.MIN_VALUE : 0);
    MemorySegment.ofArray(payload).asSlice(0, length & -8L).elements(ValueLayout.JAVA_LONG_UNALIGNED)
        .forEach(element -> element.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, word));
    ContextId context = random.nextInt(3) > 0 ? new ContextId(1, 2) : new ContextId(random.nextInt(3), 2);
    return new Sent(new Envelope((byte) random.nextInt(256), (short) random.nextInt(1 << 16), context,
        random.nextInt(), random.nextInt(), random.nextInt(), step, random.nextLong(), random.nextLong(),
        random.nextLong()), payload);
  }

  private MemorySegment source(Random random, byte[] payload) {
    return switch (random.nextInt(3)) {
      case 0 -> MemorySegment.ofArray(payload);
      case 1 -> MemorySegment.ofArray(payload).asReadOnly();
      default -> {
        MemorySegment copy = arena.allocate(Math.max(1, payload.length));
        MemorySegment.copy(payload, 0, copy, ValueLayout.JAVA_BYTE, 0, payload.length);
        yield copy;
      }
    };
  }

  private boolean check(Envelope envelope, MemorySegment from, long offset, int length) {
    Sent expected = model.remove();
    assertEquals(expected.envelope(), envelope);
    assertArrayEquals(expected.payload(), from.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    assertTrue(from.isReadOnly());
    taken++;
    return true;
  }
}
