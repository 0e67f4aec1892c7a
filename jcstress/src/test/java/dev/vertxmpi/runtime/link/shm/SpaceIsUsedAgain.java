package dev.vertxmpi.runtime.link.shm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** In a ring that is full, space that was read is written again, and what is not yet read is not written over. */
@JCStressTest
@Outcome(id = "true, [0-3]", expect = Expect.ACCEPTABLE, desc = "So much space was there already.")
@State
public class SpaceIsUsedAgain {

  private final TestRing ring = TestRing.take(TestRing.LONG_PAYLOAD);

  /** Begins with a full ring. */
  public SpaceIsUsedAgain() {
    ring.fill();
  }

  /** Writes where there is space. */
  @Actor
  public void write(ZI_Result result) {
    for (int i = 0; i < 3; i++) {
      result.r2 += ring.write() ? 1 : 0;
    }
  }

  /** Makes space, one record at a time. */
  @Actor
  public void read() {
    ring.read(1);
    ring.read(1);
    ring.read(1);
  }

  /** What was broken shows here, or a lap later. */
  @Arbiter
  public void judge(ZI_Result result) {
    result.r1 = ring.isIntact();
    ring.free();
  }
}
