package dev.vertxmpi.runtime.link.shm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A producer that waits for space while some is given back gets it, or is told. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "It is told, and has it already.")
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "It waits, and is told.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It has it already.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "It waits, and nobody tells it.")
@State
public class WriterIsTold {

  private final TestRing ring = TestRing.take(TestRing.LONG_PAYLOAD);

  /** Begins with a full ring. */
  public WriterIsTold() {
    ring.fill();
    RingDescriptor.LONG.setVolatile(ring.memory, RingDescriptor.PRODUCER_WAITS, 0L);
  }

  /** As {@link ShmLink} does. */
  @Actor
  public void write(ZZ_Result result) {
    ring.producer.waitForSpace();
    result.r2 = ring.write();
  }

  /** As {@link ShmIncoming} does. Two records, as the first may be padding. */
  @Actor
  public void read(ZZ_Result result) {
    ring.read(2);
    result.r1 = ring.consumer.producerWaits(true);
  }

  /** Gives the ring to the next. */
  @Arbiter
  public void clear(ZZ_Result result) {
    ring.free();
  }
}
