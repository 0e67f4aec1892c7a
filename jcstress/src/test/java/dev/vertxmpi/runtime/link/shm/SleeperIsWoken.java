package dev.vertxmpi.runtime.link.shm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A consumer that goes to sleep while something is written sees it, or is woken. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "It sleeps, and the producer rings.")
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "It sees the record, and the producer rings.")
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "It sees the record.")
@Outcome(id = "false, true", expect = Expect.FORBIDDEN, desc = "It sleeps, and nobody rings.")
@State
public class SleeperIsWoken {

  private final TestRing ring = TestRing.take(8);

  /** Begins awake. */
  public SleeperIsWoken() {
    ring.consumer.state(RingDescriptor.AWAKE);
  }

  /** As {@link ShmLink} does. */
  @Actor
  public void write(ZZ_Result result) {
    ring.write();
    result.r1 = ring.producer.stateAfterCommit() == RingDescriptor.ASLEEP
        && ring.producer.claimBell(RingDescriptor.ASLEEP);
  }

  /** As {@link ShmIncoming} does. */
  @Actor
  public void sleep(ZZ_Result result) {
    result.r2 = ring.consumer.sleep(RingDescriptor.ASLEEP);
  }

  /** Leaves the ring empty. */
  @Arbiter
  public void clear(ZZ_Result result) {
    ring.drain();
    ring.free();
  }
}
