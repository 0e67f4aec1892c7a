package dev.vertxmpi.runtime.vertx;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether those who poll outnumber the cores. Then a loop that spins must offer its core to others, for what it waits
 * for may come from one of them; else it keeps the core for the short time that it spins.
 *
 * <pre>
 *   loops of this JVM that poll  +  JVMs of the job on this host, one loop each  >  cores
 * </pre>
 *
 * <p>A rank on virtual or worker threads needs a core for those beside the one of the loop that polls for it: then each
 * loop counts twice.
 */
public final class Crowd {

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final AtomicInteger LOOPS = new AtomicInteger();
  private static final AtomicInteger NEIGHBOURS = new AtomicInteger();
  private static final AtomicInteger THREADED = new AtomicInteger();

  private Crowd() {
  }

  static void loops(int more) {
    LOOPS.addAndGet(more);
  }

  /**
   * Neighbours have come or gone.
   *
   * @param more JVMs on this host that poll, beside this one; negative for fewer
   */
  public static void neighbours(int more) {
    NEIGHBOURS.addAndGet(more);
  }

  /** A {@code Vertx} has, or has no more, ranks that run on other threads than loops. */
  static void threaded(int more) {
    THREADED.addAndGet(more);
  }

  static boolean outnumbersCores() {
    return (LOOPS.get() + NEIGHBOURS.get()) * (THREADED.get() > 0 ? 2 : 1) > CORES;
  }
}
