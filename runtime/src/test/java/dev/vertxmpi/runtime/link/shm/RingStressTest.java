package dev.vertxmpi.runtime.link.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads at a ring: nothing is torn, lost or doubled, and nobody sleeps while there is work. */
@Timeout(120)
class RingStressTest {

  private static final int FRAMES = 300_000;
  private static final int MANY_FRAMES = 30_000_000;

  private final MemorySegment memory = Arena.ofAuto().allocate(RingDescriptor.FILE_LENGTH, 4096);
  private final RingProducer producer = new RingProducer(memory);
  private final RingConsumer consumer = new RingConsumer(memory);
  private final Semaphore bell = new Semaphore(0);
  private final Semaphore space = new Semaphore(0);
  private long expected;

  @Test
  void shouldKeepFramesWhole() throws Exception {
    run(FRAMES);
  }

  @Test
  @Tag("slow")
  void shouldKeepManyFramesWhole() throws Exception {
    run(MANY_FRAMES);
  }

  private void run(int frames) throws Exception {
    CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(frames));
    while (expected < frames) {
      if (consumer.poll(this::check, 64, 1 << 20) == 0) {
        sleep();
      } else if (consumer.producerWaits(false)) {
        space.release();
      }
    }
    sender.get(10, TimeUnit.SECONDS);
    assertTrue(consumer.isEmpty());
  }

  /** As whoever looks at a ring does: says that it sleeps, then looks once more. */
  private void sleep() throws InterruptedException {
    if (consumer.producerWaits(true)) {
      space.release();
    }
    if (consumer.sleep(RingDescriptor.ASLEEP)) {
      assertTrue(bell.tryAcquire(10, TimeUnit.SECONDS), "frame " + expected + " came, but nobody rang");
    }
    consumer.state(RingDescriptor.AWAKE);
    bell.drainPermits();
  }

  private void send(int frames) {
    Random random = new Random(3);
    MemorySegment payload = MemorySegment.ofArray(new byte[8192]);
    for (long i = 0; i < frames; i++) {
      int length = random.nextInt(50) == 0 ? 8 * random.nextInt(1024) : 8 * random.nextInt(8);
      for (int at = 0; at < length; at += 8) {
        payload.set(ValueLayout.JAVA_LONG_UNALIGNED, at, i);
      }
      Envelope envelope = new Envelope((byte) 16, (short) i, new ContextId(i >> 4, i >> 4), (int) i, (int) i, (int) i,
          i, i, i, i);
      while (!producer.offer(envelope, payload, 0, length)) {
        producer.waitForSpace();
        if (producer.offer(envelope, payload, 0, length)) {
          break;
        }
        acquire(space, i);
      }
      if (producer.stateAfterCommit() == RingDescriptor.ASLEEP && producer.claimBell(RingDescriptor.ASLEEP)) {
        bell.release();
      }
    }
  }

  private static void acquire(Semaphore semaphore, long frame) {
    try {
      assertTrue(semaphore.tryAcquire(10, TimeUnit.SECONDS), "nobody gave space for frame " + frame);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean check(Envelope envelope, MemorySegment from, long offset, int length) {
    long i = expected++;
    assertEquals(new Envelope((byte) 16, (short) i, new ContextId(i >> 4, i >> 4), (int) i, (int) i, (int) i, i, i, i,
        i), envelope);
    for (int at = 0; at < length; at += 8) {
      assertEquals(i, from.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + at));
    }
    return true;
  }
}
