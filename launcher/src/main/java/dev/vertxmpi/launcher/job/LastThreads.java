package dev.vertxmpi.launcher.job;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Waits as a JVM does for the end of its threads, but for one that nobody waits for: the thread of Netty that settles
 * what comes after event loops stays for a second after its last task.
 *
 * <pre>
 *   main     ------| returns
 *   loops    ----------------| closed
 *   Netty's  ----------------|~~~~~~~~ 1 s ~~~~~~~~|
 *                            ^ here                ^ the JVM by itself
 * </pre>
 */
public final class LastThreads {

  /** Netty calls its thread so, with numbers after it. */
  private static final String LINGERS = "globalEventExecutor-";

  private LastThreads() {
  }

  /** Blocks until no thread but the caller keeps the JVM. */
  public static void await() {
    for (Optional<Thread> other = next(); other.isPresent(); other = next()) {
      try {
        other.get().join();
      } catch (InterruptedException e) {
        // There is nobody to tell, and nothing else to do.
      }
    }
  }

  private static Optional<Thread> next() {
    ThreadGroup all = Thread.currentThread().getThreadGroup();
    while (all.getParent() != null) {
      all = all.getParent();
    }
    Thread[] found = new Thread[2 * all.activeCount() + 16];
    int count = all.enumerate(found);
    return Stream.of(found).limit(count).filter(thread -> !thread.isDaemon() && !thread.equals(Thread.currentThread())
        && !thread.getName().startsWith(LINGERS)).findFirst();
  }
}
