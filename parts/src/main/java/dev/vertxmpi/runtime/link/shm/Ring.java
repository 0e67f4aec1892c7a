package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A frame goes through a ring, copied in and out, by one thread: no line of a cache travels. */
@State(Scope.Thread)
public class Ring {

  /** Bytes of the payload. */
  @Param({"8", "65536"})
  public int size;

  private final Envelope envelope = new Envelope((byte) 16, (short) 1, new ContextId(2, 3), 4, 5, 6, 7, 8, 9, 10);
  private final RingConsumer.Taker taker = this::take;
  private Arena arena;
  private MemorySegment from;
  private MemorySegment to;
  private RingProducer producer;
  private RingConsumer consumer;
  private long taken;

  /** For JMH. */
  public Ring() {
  }

  /** Makes the ring, in memory like that of a file. */
  @Setup
  public void open() {
    arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(RingDescriptor.FILE_LENGTH, 4096);
    from = arena.allocate(size, 64);
    to = arena.allocate(size, 64);
    producer = new RingProducer(memory);
    consumer = new RingConsumer(memory);
  }

  /**
   * Offers a frame, polls it.
   *
   * @return grows with each frame
   */
  @Benchmark
  public long offerAndPoll() {
    if (!producer.offer(envelope, from, 0, size)) {
      throw new IllegalStateException("the ring is full");
    }
    consumer.poll(taker, Integer.MAX_VALUE, Long.MAX_VALUE);
    return taken;
  }

  private boolean take(Envelope header, MemorySegment memory, long offset, int length) {
    MemorySegment.copy(memory, offset, to, 0, length);
    taken += header.second();
    return true;
  }

  /** Frees the memory. */
  @TearDown
  public void close() {
    arena.close();
  }
}
