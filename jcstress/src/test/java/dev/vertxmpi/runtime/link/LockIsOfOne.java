package dev.vertxmpi.runtime.link;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** Who has the lock is alone, and sees what the one before has done; once it is closed nobody has it. */
@JCStressTest
@Outcome(id = "[0-2], true", expect = Expect.ACCEPTABLE, desc = "So many had it, one after the other.")
@State
public class LockIsOfOne {

  private final TryLock lock = new TryLock();
  private int counter;
  private int taken;
  private int takenToo;
  private boolean closed;

  /** Begins open. */
  public LockIsOfOne() {
    lock.open();
  }

  private int count() {
    if (!lock.tryLock()) {
      return 0;
    }
    counter++;
    lock.unlock();
    return 1;
  }

  /** A sender. */
  @Actor
  public void first() {
    taken = count();
  }

  /** Whoever ends it: once it is closed the memory may be unmapped. */
  @Actor
  public void second() {
    takenToo = count();
    closed = lock.tryClose();
  }

  /** Counts again. */
  @Arbiter
  public void judge(IZ_Result result) {
    result.r1 = counter;
    result.r2 = counter == taken + takenToo && closed != lock.tryLock();
  }
}
