package dev.vertxmpi.launcher;

import dev.vertxmpi.launcher.job.LastThreads;
import dev.vertxmpi.launcher.job.MainMethod;

/**
 * What {@code vertx-mpi java CLASS} starts with: runs the {@code main} of the user as the {@code java} command does,
 * and ends with the program's last thread, not a second later with one of Netty.
 */
public final class ProgramMain {

  private ProgramMain() {
  }

  /**
   * Runs a program.
   *
   * @param args the class with the user's {@code main}, then its arguments
   */
  public static void main(String[] args) {
    int code = MainMethod.run(args);
    LastThreads.await();
    System.exit(code);
  }
}
