package dev.vertxmpi.runtime.vertx;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether those who poll outnumber the cores. Then a loop that spins must offer its core to others, for what it waits
 * for may come from one of them; else it keeps the core for the short time that it spins.
 *
 * <pre>
 *   loops of this JVM that poll  +  JVMs of the job on this host, one loop each  >  cores
 * </pre>
 */
public final class Crowd {

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final AtomicInteger LOOPS = new AtomicInteger();
  private static final AtomicInteger NEIGHBOURS = new AtomicInteger();

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

  static boolean outnumbersCores() {
    return LOOPS.get() + NEIGHBOURS.get() > CORES;
  }
}
