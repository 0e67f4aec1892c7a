package dev.vertxmpi.runtime.progress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Who has handed over an errand knows that the loop can see it, whoever else is in the middle of handing over. */
@JCStressTest
@Outcome(id = "true, 2", expect = Expect.ACCEPTABLE, desc = "It is seen, and both are taken once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One is not seen, or lost.")
@State
public class ErrandIsSeen {

  private final ErrandQueue queue = new ErrandQueue();

  private static Errand errand() {
    return new Errand() {
      @Override
      public void run() {
      }
    };
  }

  /** A thread. */
  @Actor
  public void other() {
    queue.add(errand());
  }

  /** The loop, which hands something over to itself. */
  @Actor
  public void own(ZI_Result result) {
    queue.add(errand());
    result.r1 = queue.hasNext();
  }

  /** The loop, afterwards. */
  @Arbiter
  public void judge(ZI_Result result) {
    while (queue.poll() != null) {
      result.r2++;
    }
  }
}
