package dev.vertxmpi.runtime.coll;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A rank that goes to sleep while the last one comes to the barrier sees that it has, or is woken. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "It sees that all have come, and is woken.")
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "It sleeps, and is woken.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It sees that all have come.")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "It sleeps, and nobody wakes it.")
@State
public class LastWakesSleeper {

  private static final Fingerprint BARRIER = Fingerprint.of(CollectiveKind.BARRIER);

  private final Board sleeper;
  private final Board last;
  private boolean woken;

  /** The one that sleeps has come. */
  public LastWakesSleeper() {
    MemorySegment one = MemorySegment.ofArray(new long[2]);
    MemorySegment other = MemorySegment.ofArray(new long[2]);
    sleeper = new Board(one, new MemorySegment[] {null, other});
    last = new Board(other, new MemorySegment[] {one, null});
    sleeper.arrive(1, BARRIER);
  }

  /** As {@link RollCall#begin} does. */
  @Actor
  public void come(ZZ_Result result) {
    if (last.arrive(1, BARRIER)) {
      last.forSleepers(rank -> woken = true);
    }
    result.r1 = woken;
  }

  /** As {@link RollCall#arm} does. */
  @Actor
  public void sleep(ZZ_Result result) {
    sleeper.sleep();
    result.r2 = sleeper.haveAllCome();
  }
}
