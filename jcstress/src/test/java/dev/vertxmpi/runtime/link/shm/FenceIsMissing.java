package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Broken on purpose: {@link SleeperIsWoken} without the fences. */
@JCStressTest
@Outcome(id = {"true, true", "true, false", "false, false"}, expect = Expect.ACCEPTABLE, desc = "Nobody is missed.")
@Outcome(id = "false, true", expect = Expect.FORBIDDEN, desc = "It sleeps, and nobody rings.")
@State
public class FenceIsMissing {

  private static final long WORD = Envelope.VERSION | 16L << 8;

  private final MemorySegment memory = Arena.ofAuto().allocate(8192, 4096);
  private final RingProducer producer = new RingProducer(memory);
  private final RingConsumer consumer = new RingConsumer(memory);

  /** Commits, and looks too early. */
  @Actor
  public void write(ZZ_Result result) {
    RingDescriptor.LONG.setRelease(memory, RingDescriptor.RECORDS, WORD);
    result.r1 = producer.consumerState() == RingDescriptor.ASLEEP;
  }

  /** Looks too early as well. */
  @Actor
  public void sleep(ZZ_Result result) {
    consumer.state(RingDescriptor.ASLEEP);
    result.r2 = consumer.isEmpty();
  }
}
