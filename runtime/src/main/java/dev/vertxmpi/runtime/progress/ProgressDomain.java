package dev.vertxmpi.runtime.progress;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where the state of a rank or window lives: one thread at a time, apart from the handlers of the user.
 *
 * <pre>
 *   any thread            the domain's loop
 *   ----------            ---------------------------------------------------
 *   execute(task) ------> [ tasks ]  run one by one: matching, schedules, RMA
 *                             |
 *                             v defer(completion)
 *                         [ completions ]  run when no task is left: settle the user's promises
 * </pre>
 *
 * <p><b>Order.</b> Tasks run in the order of {@link #execute}, from whatever threads: a call that happens-before
 * another goes first. On the loop itself a task runs within {@code execute}, unless one is running or waits already.
 *
 * <p><b>Completions</b> never run inside {@code execute}: a handler is never entered from within the call that it waits
 * for, nor in the middle of matching, and a chain of messages between ranks on one loop needs no deep stack.
 */
public final class ProgressDomain implements Executor {

  private static final Logger LOG = Logger.getLogger(ProgressDomain.class.getName());

  /** Tasks and completions in one go, before the loop may look at its sockets and timers. */
  private static final int TURN = 256;

  /** Results that may be given within a call, without a turn between: so many handlers can stand on one stack. */
  private static final int AT_ONCE = 128;

  private final ProgressLoop loop;
  private final Runnable turn = this::turn;
  /** Tasks that came while another was running. This and all below is confined to the loop. */
  private final Queue<Runnable> tasks = new ArrayDeque<>(4);
  private final Queue<Runnable> completions = new ArrayDeque<>(4);
  private boolean running;
  private boolean turnIsDue;
  private int givenAtOnce;

  /**
   * A domain.
   *
   * @param loop runs its tasks
   */
  public ProgressDomain(ProgressLoop loop) {
    this.loop = loop;
  }

  @Override
  public void execute(Runnable task) {
    if (!loop.isHere() || (!running && loop.hasTasks())) {
      loop.execute(brought(task));
      return;
    }
    if (task instanceof Task own) {
      own.here = true;
    }
    if (running) {
      tasks.add(task);
    } else {
      run(task);
    }
  }

  private Task brought(Runnable task) {
    return task instanceof Task own ? own : new Brought(this, task);
  }

  /**
   * Runs a task after all that was handed over by now, from whatever thread: {@link #execute} on the loop itself goes
   * before what other threads have handed over.
   *
   * @param task goes last
   */
  public void executeLast(Runnable task) {
    loop.execute(brought(task));
  }

  /**
   * Begins a task in place, instead of {@link #execute}: where nothing goes before it. The caller ends it with
   * {@link #leave} and runs nothing of the user's in between.
   *
   * @return false where it cannot be, and nothing has begun
   */
  public boolean enter() {
    if (!loop.isHere() || running || loop.hasTasks()) {
      return false;
    }
    running = true;
    return true;
  }

  /** Ends a task that was begun in place. Its completions run soon, not now. */
  public void leave() {
    running = false;
    if (!completions.isEmpty() || !tasks.isEmpty()) {
      turnSoon();
    }
  }

  /**
   * Goes on with a long piece of work when the loop has looked at everything else. On the loop only.
   *
   * @param work its next part
   */
  public void later(Runnable work) {
    loop.soon(() -> run(work));
  }

  /**
   * Whether an operation that is complete within its call may say so with a Future that is complete. Not always: a
   * handler that calls again, and its handler again, must come to an end before the stack does.
   *
   * @return false where {@link #defer} must be used
   */
  public boolean mayGiveAtOnce() {
    return givenAtOnce++ < AT_ONCE;
  }

  /**
   * Runs something when the tasks at hand are done. On the loop only.
   *
   * @param completion settles a promise
   */
  public void defer(Runnable completion) {
    completions.add(completion);
    if (!running) {
      turnSoon();
    }
  }

  /**
   * Whether the loop spins just now: then {@link #watch} is quick, where it ever is.
   *
   * @return false where it has to be woken
   */
  public boolean spins() {
    return loop.spins();
  }

  /**
   * Has the loop look at something, until {@link #unwatch}. On the loop, where it {@link #spins}.
   *
   * @param pollable not watched yet
   */
  public void watch(Pollable pollable) {
    loop.watch(pollable);
  }

  /**
   * Ends {@link #watch}. On the loop; also while the loop looks at it.
   *
   * @param pollable may be one that is not watched
   */
  public void unwatch(Pollable pollable) {
    loop.unwatch(pollable);
  }

  /**
   * Whether the caller is on the domain's loop.
   *
   * @return true for its thread
   */
  public boolean isHere() {
    return loop.isHere();
  }

  /** A task that brings itself from another thread. To be executed once. */
  public abstract static class Task extends Errand {
    private final ProgressDomain domain;
    private boolean here;

    /**
     * A task.
     *
     * @param domain where it is to be executed, nowhere else
     */
    protected Task(ProgressDomain domain) {
      this.domain = domain;
    }

    @Override
    public final void run() {
      if (here) {
        work();
      } else {
        here = true;
        domain.run(this);
      }
    }

    /** Does what there is to do, in the domain, and lets go of it: the loop keeps its last errand for a while. */
    protected abstract void work();
  }

  private static final class Brought extends Task {
    private Runnable task;

    Brought(ProgressDomain domain, Runnable task) {
      super(domain);
      this.task = task;
    }

    @Override
    protected void work() {
      Runnable brought = task;
      task = null;
      brought.run();
    }
  }

  private void turnSoon() {
    if (!turnIsDue) {
      turnIsDue = true;
      loop.soon(turn);
    }
  }

  private void run(Runnable task) {
    if (running) {
      tasks.add(task);
      return;
    }
    running = true;
    runSafely(task);
    if (!tasks.isEmpty()) {
      runTasks(TURN);
    }
    leave();
  }

  private void turn() {
    turnIsDue = false;
    givenAtOnce = 0;
    int left = TURN;
    while (left > 0 && !(tasks.isEmpty() && completions.isEmpty())) {
      running = true;
      left = runTasks(left);
      running = false;
      Runnable completion = completions.poll();
      if (completion != null) {
        left--;
        runSafely(completion);
      }
    }
    if (!tasks.isEmpty() || !completions.isEmpty()) {
      turnSoon();
    }
  }

  private int runTasks(int most) {
    int left = most;
    for (Runnable task = tasks.poll(); task != null; task = --left > 0 ? tasks.poll() : null) {
      runSafely(task);
    }
    return left;
  }

  private static void runSafely(Runnable runnable) {
    try {
      runnable.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.SEVERE, "a task of the progress domain failed: this is a fault of the library", e);
    }
  }
}
