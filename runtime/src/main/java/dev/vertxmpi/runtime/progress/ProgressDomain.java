package dev.vertxmpi.runtime.progress;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
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
 * another goes first. On the loop itself a task runs within {@code execute}, unless one is running already.
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

  private final Executor loop;
  private final BooleanSupplier onLoop;
  private final Runnable turn = this::turn;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  /** Confined to the loop. */
  private final Queue<Runnable> completions = new ArrayDeque<>();
  /** Confined to the loop. */
  private boolean running;
  /** Confined to the loop. */
  private int givenAtOnce;

  /**
   * A domain.
   *
   * @param loop runs tasks one after another on one thread
   * @param onLoop whether the calling thread is that thread
   */
  public ProgressDomain(Executor loop, BooleanSupplier onLoop) {
    this.loop = loop;
    this.onLoop = onLoop;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!onLoop.getAsBoolean()) {
      schedule();
    } else if (!running) {
      runTasks(TURN);
      if (!tasks.isEmpty() || !completions.isEmpty()) {
        schedule();
      }
    }
  }

  /**
   * Begins a task in place, instead of {@link #execute}: where nothing goes before it. The caller ends it with
   * {@link #leave} and runs nothing of the user's in between.
   *
   * @return false where it cannot be, and nothing has begun
   */
  public boolean enter() {
    if (!onLoop.getAsBoolean() || running || !tasks.isEmpty()) {
      return false;
    }
    running = true;
    return true;
  }

  /** Ends a task that was begun in place. Its completions run soon, not now. */
  public void leave() {
    running = false;
    if (!completions.isEmpty() || !tasks.isEmpty()) {
      schedule();
    }
  }

  /**
   * Whether an operation that is complete within its call may say so with a Future that is complete. Not always: a
   * handler that calls again, and its handler again, must come to an end before the stack does.
   *
   * @return false where {@link #defer} must be used
   */
  public boolean mayGiveAtOnce() {
    if (++givenAtOnce <= AT_ONCE) {
      return true;
    }
    givenAtOnce = 0;
    return false;
  }

  /**
   * Runs something when the tasks at hand are done. On the loop only.
   *
   * @param completion settles a promise
   */
  public void defer(Runnable completion) {
    completions.add(completion);
    if (!running) {
      schedule();
    }
  }

  /**
   * Whether the caller is on the domain's loop.
   *
   * @return true for its thread
   */
  public boolean isHere() {
    return onLoop.getAsBoolean();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(turn);
    }
  }

  private void turn() {
    scheduled.set(false);
    int left = TURN;
    while (left > 0 && !(tasks.isEmpty() && completions.isEmpty())) {
      left = runTasks(left);
      Runnable completion = completions.poll();
      if (completion != null) {
        left--;
        runSafely(completion);
      }
    }
    if (!tasks.isEmpty() || !completions.isEmpty()) {
      schedule();
    }
  }

  private int runTasks(int most) {
    int left = most;
    running = true;
    try {
      for (Runnable task = tasks.poll(); task != null; task = --left > 0 ? tasks.poll() : null) {
        runSafely(task);
      }
    } finally {
      running = false;
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
