package dev.vertxmpi.runtime.vertx;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A loop that polls, and goes to sleep while another thread leaves a task, sees the task or is woken. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "It sleeps, and is woken.")
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "It sees the task, and is woken.")
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "It sees the task.")
@Outcome(id = "false, true", expect = Expect.FORBIDDEN, desc = "It sleeps, and nobody wakes it.")
@State
public class LoopIsWoken extends LoopTasksState {

  /** Begins awake. */
  public LoopIsWoken() {
    super(true);
    tasks.disarm();
  }

  /** Any thread. */
  @Actor
  public void execute() {
    tasks.execute(() -> { });
  }

  /** As {@link PollingLoop} does. */
  @Actor
  public void sleep(ZZ_Result result) {
    result.r2 = tasks.arm();
  }

  /** Whether it was told. */
  @Arbiter
  public void judge(ZZ_Result result) {
    result.r1 = isTold();
  }
}
