package dev.vertxmpi.runtime.link.shm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Broken on purpose: {@link SpaceIsUsedAgain} with a consumer that gives space back before it has read it. */
@JCStressTest
@Outcome(id = "true, [0-3]", expect = Expect.ACCEPTABLE, desc = "So much space was there already.")
@Outcome(id = "false, [0-3]", expect = Expect.FORBIDDEN, desc = "Written over.")
@State
public class SpaceIsEarly {

  private final TestRing ring = new TestRing(TestRing.LONG_PAYLOAD);

  /** Begins with a full ring. */
  public SpaceIsEarly() {
    ring.fill();
  }

  /** Writes where there is space. */
  @Actor
  public void write(ZI_Result result) {
    for (int i = 0; i < 3; i++) {
      result.r2 += ring.write() ? 1 : 0;
    }
  }

  /** Reads the first record. */
  @Actor
  public void read() {
    ring.consumer.poll((envelope, from, offset, length) -> {
      RingDescriptor.LONG.setRelease(ring.memory, RingDescriptor.RECORD_TAIL,
          RingDescriptor.blocks(RingDescriptor.CONTEXT + RingDescriptor.CONTEXT_LENGTH + length));
      return ring.check(envelope, from, offset, length);
    }, 1, Long.MAX_VALUE);
  }

  /** Whether it was whole. */
  @Arbiter
  public void judge(ZI_Result result) {
    result.r1 = ring.isIntact();
  }
}
