package dev.vertxmpi.runtime.vertx;

import dev.vertxmpi.ProgressCounters;
import dev.vertxmpi.runtime.progress.Pollable;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The I/O handler of an event loop that also looks at {@link Pollable}s: rings of shared memory, and the tasks that
 * other threads have for ranks.
 *
 * <pre>
 *   run --> poll ... work?  go on, and look at sockets and tasks now and then
 *             |       no
 *             v
 *           spin: poll, poll, poll   until the window after the last work is over
 *             |                      or a task or timer is due; sockets are looked at without waiting
 *             v
 *           arm all, sleep in the wrapped handler, disarm all
 * </pre>
 *
 * <p>While it spins it yields, where those who poll are more than the cores; where they are not it keeps the core, for
 * who yields on a busy machine gets it back only after the others. Everything but {@link #of} belongs to the loop.
 */
final class PollingLoop implements IoHandler {

  private static final Logger LOG = Logger.getLogger(PollingLoop.class.getName());

  /** Looks at the hot one in a row before the clock, tasks and sockets get one. */
  private static final int BURST = 128;

  /** All others are looked at once in so many looks at the hot one. */
  private static final int OTHERS = 8;

  /** Sockets that had nothing to say are left alone for twice as long, up to this. */
  private static final long LONGEST_WITHOUT_IO = 50_000;

  private static final long SHORTEST_WITHOUT_IO = 1_000;

  private static final long AWAKE = -1;

  /** The loops that can poll, by their executor, until they end. */
  private static final Map<ThreadAwareExecutor, PollingLoop> LOOPS = new IdentityHashMap<>();

  private static final IoHandlerContext NOT_WAITING = new IoHandlerContext() {
    @Override
    public boolean canBlock() {
      return false;
    }

    @Override
    public long delayNanos(long now) {
      return 0;
    }

    @Override
    public long deadlineNanos() {
      return -1;
    }
  };

  private final ThreadAwareExecutor executor;
  private final IoHandler sockets;
  private final SpinWindow window;
  private final Count spins = new Count();
  private final Count paid = new Count();
  private final Count yields = new Count();
  private final Count sleeps = new Count();
  private int faults;
  private Pollable[] pollables = {};
  /** The first that had anything when last there was anything: a reply comes from there. */
  private Pollable hot;
  private long withoutIo = SHORTEST_WITHOUT_IO;
  private long nextIo;
  /** How long, where it has just slept and not looked since. */
  private long slept = AWAKE;
  /** Only what was done for ranks counts: not the requests of an HTTP server on the same loop. */
  private long lastWork = System.nanoTime();

  PollingLoop(ThreadAwareExecutor executor, IoHandler sockets, Spin spin) {
    this.executor = executor;
    this.sockets = sockets;
    this.window = new SpinWindow(spin);
    synchronized (LOOPS) {
      LOOPS.put(executor, this);
    }
  }

  /** The polling loop of an event loop, if it is one. */
  static Optional<PollingLoop> of(Object eventLoop) {
    synchronized (LOOPS) {
      return eventLoop instanceof ThreadAwareExecutor executor
          ? Optional.ofNullable(LOOPS.get(executor)) : Optional.empty();
    }
  }

  /**
   * The loop polls from now on, and spins after work. Goes before those that are there: what a link brings makes tasks,
   * which are to run in the same look.
   */
  void add(Pollable pollable) {
    if (pollables.length == 0) {
      Crowd.loops(1);
    }
    Pollable[] more = new Pollable[pollables.length + 1];
    more[0] = pollable;
    System.arraycopy(pollables, 0, more, 1, pollables.length);
    pollables = more;
    hot = pollable;
    pollable.disarm();
  }

  @SuppressWarnings("ReferenceEquality") // A pollable is only ever itself.
  void remove(Pollable pollable) {
    boolean polled = pollables.length > 0;
    pollables = Arrays.stream(pollables).filter(other -> other != pollable).toArray(Pollable[]::new);
    if (pollables.length > 0) {
      hot = pollables[0];
    } else if (polled) {
      Crowd.loops(-1);
    }
  }

  @Override
  public int run(IoHandlerContext context) {
    if (pollables.length == 0) {
      return sockets.run(context);
    }
    try {
      return pollOrSleep(context);
    } catch (RuntimeException | Error e) {
      // Netty would end the loop, and all that lives on it.
      if (Integer.bitCount(++faults) == 1) {
        LOG.log(Level.SEVERE, "what a loop polls has failed " + faults + " times: this is a fault of the library", e);
      }
      return 0;
    }
  }

  /** Whether it would wait for more after work. */
  boolean spins() {
    return window.nanos() > 0;
  }

  private int pollOrSleep(IoHandlerContext context) {
    boolean worked = poll();
    if (slept != AWAKE) {
      window.slept(worked ? slept : -1);
      slept = AWAKE;
    }
    if (!context.canBlock()) {
      return look();
    }
    long now = System.nanoTime();
    if (worked) {
      lastWork = now;
    }
    return now - lastWork < window.nanos() ? spin(context) : worked ? look() : sleep(context);
  }

  /** Polls until there is something else to do, or nothing for the length of the window. */
  private int spin(IoHandlerContext context) {
    spins.add(1);
    boolean crowded = Crowd.outnumbersCores();
    boolean any = false;
    while (true) {
      boolean worked = crowded ? pollAndYield(context) : pollHard();
      if (!context.canBlock()) {
        return look();
      }
      long now = System.nanoTime();
      if (worked) {
        lastWork = now;
        window.found();
        if (!any) {
          any = true;
          paid.add(1);
        }
      }
      if (now >= nextIo) {
        int found = look();
        if (found > 0) {
          return found;
        }
      }
      if (now - lastWork > window.nanos()) {
        if (!any) {
          window.wasted(crowded);
        }
        return sleep(context);
      }
    }
  }

  private boolean pollHard() {
    boolean worked = false;
    for (int i = 0; i < BURST; i++) {
      worked |= i % OTHERS == 0 ? poll() : pollHot();
    }
    return worked;
  }

  /**
   * Offers the core when there is nothing to do: what it waits for may come from one who waits for the core. Not in the
   * middle of work: handlers run in the look after the one that found their messages.
   */
  private boolean pollAndYield(IoHandlerContext context) {
    boolean worked = false;
    int yielded = 0;
    for (int i = 0; i < BURST && yielded < OTHERS && context.canBlock(); i++) {
      if (poll()) {
        worked = true;
      } else {
        yielded++;
        yields.add(1);
        Thread.yield();
      }
    }
    return worked;
  }

  /** What it did so far; from any thread. */
  ProgressCounters counters(long wakeUps) {
    return new ProgressCounters(true, spins.get(), paid.get(), yields.get(), sleeps.get(), window.pauses(), wakeUps);
  }

  private boolean poll() {
    boolean worked = false;
    for (Pollable pollable : pollables) {
      if (pollable.poll()) {
        hot = worked ? hot : pollable;
        worked = true;
      }
    }
    return worked;
  }

  /** All, but only where the hot one has anything: a call that the compiler can see through, unlike those of a list. */
  @SuppressWarnings("ReferenceEquality") // A pollable is only ever itself.
  private boolean pollHot() {
    Pollable first = hot;
    if (!first.poll()) {
      return false;
    }
    for (Pollable pollable : pollables) {
      if (pollable != first) {
        pollable.poll();
      }
    }
    return true;
  }

  /** Looks at the sockets without waiting. */
  private int look() {
    int found = sockets.run(NOT_WAITING);
    withoutIo = found > 0 ? SHORTEST_WITHOUT_IO : Math.min(2 * withoutIo, LONGEST_WITHOUT_IO);
    nextIo = System.nanoTime() + withoutIo;
    return found;
  }

  private int sleep(IoHandlerContext context) {
    sleeps.add(1);
    long start = System.nanoTime();
    boolean idle = true;
    Pollable[] armed = pollables;
    for (Pollable pollable : armed) {
      idle &= pollable.arm();
    }
    try {
      return sockets.run(idle ? context : NOT_WAITING);
    } finally {
      for (Pollable pollable : armed) {
        pollable.disarm();
      }
      nextIo = 0;
      withoutIo = SHORTEST_WITHOUT_IO;
      slept = System.nanoTime() - start;
    }
  }

  @Override
  public void initialize() {
    sockets.initialize();
  }

  @Override
  public void prepareToDestroy() {
    sockets.prepareToDestroy();
  }

  @Override
  public void destroy() {
    if (pollables.length > 0) {
      pollables = new Pollable[0];
      Crowd.loops(-1);
    }
    synchronized (LOOPS) {
      LOOPS.remove(executor);
    }
    sockets.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return sockets.register(handle);
  }

  @Override
  public void wakeup() {
    sockets.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> type) {
    return sockets.isCompatible(type);
  }
}
