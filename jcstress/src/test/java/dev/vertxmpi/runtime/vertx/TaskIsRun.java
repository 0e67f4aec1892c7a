package dev.vertxmpi.runtime.vertx;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** A loop that does not poll, and comes to the end of its tasks while another thread leaves more, runs each once. */
@JCStressTest
@Outcome(id = "0, true", expect = Expect.ACCEPTABLE, desc = "They come next, and the loop knows.")
@Outcome(id = "1, true", expect = Expect.ACCEPTABLE, desc = "One comes next, and the loop knows.")
@Outcome(id = "2, (true|false)", expect = Expect.ACCEPTABLE, desc = "They were run.")
@Outcome(id = "[01], false", expect = Expect.FORBIDDEN, desc = "A task is left lying.")
@State
public class TaskIsRun extends LoopTasksState {

  private final AtomicInteger runs = new AtomicInteger();
  private final Runnable look;

  /** Begins with a loop that is about to look. */
  public TaskIsRun() {
    super(false);
    tasks.execute(() -> { });
    look = told();
  }

  /** Any thread. */
  @Actor
  public void execute() {
    tasks.execute(runs::incrementAndGet);
    tasks.execute(runs::incrementAndGet);
  }

  /** The loop. */
  @Actor
  public void look() {
    look.run();
  }

  /** Whether it is run, or will be. */
  @Arbiter
  public void judge(IZ_Result result) {
    result.r1 = runs.get();
    result.r2 = isTold();
  }
}
