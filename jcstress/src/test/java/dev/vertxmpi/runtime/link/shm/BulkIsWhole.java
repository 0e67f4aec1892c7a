package dev.vertxmpi.runtime.link.shm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** A record whose payload lies elsewhere is not there, or there with all that was written before it. */
@JCStressTest
@Outcome(id = "true, true, [0-2]", expect = Expect.ACCEPTABLE, desc = "So many were there already.")
@State
public class BulkIsWhole {

  private final TestRing ring = TestRing.take(4096);

  /** Writes two. */
  @Actor
  public void write() {
    ring.write();
    ring.write();
  }

  /** Looks twice. */
  @Actor
  public void read(ZZI_Result result) {
    result.r3 = ring.read(2);
    result.r3 += ring.read(2 - result.r3);
  }

  /** Looks at the rest. */
  @Arbiter
  public void judge(ZZI_Result result) {
    ring.drain();
    result.r1 = ring.isIntact();
    result.r2 = ring.isRead();
    ring.free();
  }
}
