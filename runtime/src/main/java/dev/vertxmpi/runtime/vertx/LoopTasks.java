package dev.vertxmpi.runtime.vertx;

import dev.vertxmpi.ProgressCounters;
import dev.vertxmpi.runtime.progress.Errand;
import dev.vertxmpi.runtime.progress.ErrandQueue;
import dev.vertxmpi.runtime.progress.Pollable;
import dev.vertxmpi.runtime.progress.ProgressLoop;
import io.netty.channel.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Tasks for the domains of one event loop. Another thread only leaves them where the loop looks, and wakes the loop
 * where it does not look by itself.
 *
 * <pre>
 *   the loop's thread   --soon-----> [ own ]      no fence, no lock
 *   any thread          --execute--> [ others ]   and a wake-up where asleep
 *
 *   loop that polls     looks at both between its events; asleep while it waits for sockets
 *   other loop          asleep until it is told to look
 * </pre>
 */
final class LoopTasks implements ProgressLoop, Pollable {

  /** Tasks in one look. */
  private static final int TURN = 64;

  /** By event loop, until it ends. */
  private static final Map<EventLoop, LoopTasks> ALL = new IdentityHashMap<>();
  private static final VarHandle ASLEEP;

  static {
    try {
      ASLEEP = MethodHandles.lookup().findVarHandle(LoopTasks.class, "asleep", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final EventLoop loop;
  private final boolean polled;
  private final Runnable look = this::look;
  private final Queue<Runnable> own = new ArrayDeque<>();
  private final ErrandQueue others = new ErrandQueue();
  private final LongAdder wakeUps = new LongAdder();
  private final List<Pollable> watched = new ArrayList<>();
  private volatile boolean asleep = true;
  /** Null where the loop does not poll. */
  private PollingLoop polling;

  LoopTasks(EventLoop loop, boolean polled) {
    this.loop = loop;
    this.polled = polled;
  }

  /** Those of an event loop. The first call makes a loop that can poll do so. */
  static LoopTasks of(EventLoop loop) {
    synchronized (ALL) {
      LoopTasks known = ALL.get(loop);
      if (known != null) {
        return known;
      }
      Optional<PollingLoop> polling = PollingLoop.of(loop);
      LoopTasks made = new LoopTasks(loop, polling.isPresent());
      made.polling = polling.orElse(null);
      ALL.put(loop, made);
      loop.terminationFuture().addListener(ended -> {
        synchronized (ALL) {
          ALL.remove(loop);
        }
      });
      polling.ifPresent(able -> loop.execute(() -> able.add(made)));
      return made;
    }
  }

  /** What the loop did so far. */
  ProgressCounters counters() {
    long woken = wakeUps.sum();
    return polling == null ? new ProgressCounters(false, 0, 0, 0, 0, 0, woken) : polling.counters(woken);
  }

  @Override
  public boolean isHere() {
    return loop.inEventLoop();
  }

  @Override
  public boolean hasTasks() {
    return others.hasNext();
  }

  @Override
  public void soon(Runnable turn) {
    own.add(turn);
    if (!polled) {
      wake();
    }
  }

  @Override
  public void execute(Runnable task) {
    if (loop.isShutdown()) {
      throw new RejectedExecutionException("the event loop has ended");
    }
    others.add(task instanceof Errand errand ? errand : new Wrapped(task));
    // A loop that arms has either seen the exchange of add(), or its flag is seen here: the other half of arm().
    if (asleep) {
      wake();
    }
  }

  private static final class Wrapped extends Errand {
    private final Runnable task;

    Wrapped(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      task.run();
    }
  }

  private void wake() {
    if (ASLEEP.compareAndSet(this, true, false)) {
      wakeUps.increment();
      loop.execute(look);
    }
  }

  /** Told to look. A loop that polls does it by itself. */
  private void look() {
    if (!polled) {
      poll();
      if (!arm()) {
        wake();
      }
    }
  }

  @Override
  public boolean poll() {
    // Those that are added meanwhile have to wait: others are to have a look in between.
    int mine = Math.min(own.size(), TURN);
    for (int i = 0; i < mine; i++) {
      own.poll().run();
    }
    int left = TURN;
    for (Runnable task = others.poll(); task != null; task = --left > 0 ? others.poll() : null) {
      task.run();
    }
    boolean any = mine > 0 || left < TURN;
    // From the end: one that has found what it waits for is taken out.
    for (int i = watched.size() - 1; i >= 0; i--) {
      any |= watched.get(i).poll();
    }
    return any;
  }

  @Override
  public boolean spins() {
    return polling != null && polling.spins();
  }

  @Override
  public void watch(Pollable pollable) {
    watched.add(pollable);
  }

  @Override
  public void unwatch(Pollable pollable) {
    watched.remove(pollable);
  }

  @Override
  public boolean arm() {
    asleep = true;
    boolean idle = true;
    for (int i = watched.size() - 1; i >= 0; i--) {
      idle &= watched.get(i).arm();
    }
    return idle && own.isEmpty() && others.isEmpty();
  }

  @Override
  public void disarm() {
    asleep = false;
    watched.forEach(Pollable::disarm);
  }
}
