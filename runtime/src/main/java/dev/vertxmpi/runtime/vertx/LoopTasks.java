package dev.vertxmpi.runtime.vertx;

import dev.vertxmpi.runtime.progress.Pollable;
import io.netty.channel.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Tasks for a polling loop. Another thread only leaves them where the loop looks, and wakes the loop where it sleeps.
 *
 * <pre>
 *   the loop's thread   ---> [ own ]     no fence, no lock
 *   any other thread    ---> [ others ]  and a wake-up where asleep
 * </pre>
 */
final class LoopTasks implements Executor, Pollable {

  /** Tasks in one look. */
  private static final int TURN = 64;

  private static final Runnable NOTHING = () -> { };
  private static final VarHandle ASLEEP;

  static {
    try {
      ASLEEP = MethodHandles.lookup().findVarHandle(LoopTasks.class, "asleep", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final EventLoop loop;
  private final Queue<Runnable> own = new ArrayDeque<>();
  private final Queue<Runnable> others = new ConcurrentLinkedQueue<>();
  private boolean worked;
  private volatile boolean asleep = true;

  LoopTasks(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public void execute(Runnable task) {
    if (loop.inEventLoop()) {
      own.add(task);
      return;
    }
    if (loop.isShutdown()) {
      throw new RejectedExecutionException("the event loop has ended");
    }
    others.add(task);
    // The queue's own compare-and-set stands between its store and this load, the fence of arm() on the other side.
    if (asleep && ASLEEP.compareAndSet(this, true, false)) {
      loop.execute(NOTHING);
    }
  }

  /** Something was done on the loop without a task: it pays to look for what comes of it. */
  void worked() {
    worked = true;
  }

  @Override
  public boolean poll() {
    boolean did = worked;
    worked = false;
    int left = TURN;
    for (Runnable task = own.poll(); task != null; task = --left > 0 ? own.poll() : null) {
      task.run();
      did = true;
    }
    if (!others.isEmpty()) {
      for (Runnable task = others.poll(); task != null; task = --left > 0 ? others.poll() : null) {
        task.run();
      }
      did = true;
    }
    return did;
  }

  @Override
  public boolean arm() {
    asleep = true;
    return own.isEmpty() && others.isEmpty();
  }

  @Override
  public void disarm() {
    asleep = false;
  }
}
