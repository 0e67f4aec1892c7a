package dev.vertxmpi.runtime.link.shm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Of two threads that see a consumer sleep, one rings. */
@JCStressTest
@Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One of them.")
@State
public class OneRings {

  private final TestRing ring = TestRing.take(8);

  /** Begins asleep. */
  public OneRings() {
    ring.consumer.state(RingDescriptor.ASLEEP);
  }

  private boolean rings() {
    return ring.producer.stateAfterCommit() == RingDescriptor.ASLEEP
        && ring.producer.claimBell(RingDescriptor.ASLEEP);
  }

  /** A sender. */
  @Actor
  public void first(ZZ_Result result) {
    result.r1 = rings();
  }

  /** Whoever looks after it. */
  @Actor
  public void second(ZZ_Result result) {
    result.r2 = rings();
  }

  /** Gives the ring to the next. */
  @Arbiter
  public void clear(ZZ_Result result) {
    ring.free();
  }
}
