package dev.vertxmpi.launcher;

import dev.vertxmpi.launcher.job.LastThreads;
import dev.vertxmpi.launcher.job.Lifeline;
import dev.vertxmpi.launcher.job.MainMethod;
import dev.vertxmpi.spi.JvmOwner;

/**
 * What a rank's JVM starts with: ties the JVM to its launcher, then runs the {@code main} of the user.
 *
 * <p>When the user's {@code main} returns, the JVM goes on until its {@code Vertx} is closed, as usual in Java, and not
 * for the second that a thread of Netty stays after that. When {@code main} throws, or the job has declared the rank
 * dead while it lived, the rank has failed: threads that are left do not keep the JVM alive.
 */
public final class RankMain {

  private RankMain() {
  }

  /**
   * Runs a rank.
   *
   * @param args the class with the user's {@code main}, then its arguments
   */
  public static void main(String[] args) {
    Lifeline.tie();
    JvmOwner.onFatal(why -> {
      System.err.println("vertx-mpi: rank " + System.getProperty("vertx-mpi.rank") + " ends: " + why.reason());
      // Not on the loop that tells us: hooks of the user may wait for it.
      Thread.ofPlatform().name("vertx-mpi-exit").start(() -> System.exit(1));
    });
    int code = MainMethod.run(args);
    if (code == 0) {
      LastThreads.await();
    }
    System.exit(code);
  }
}
