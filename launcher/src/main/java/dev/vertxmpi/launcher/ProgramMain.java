package dev.vertxmpi.launcher;

import dev.vertxmpi.launcher.job.LastThreads;
import dev.vertxmpi.launcher.job.MainMethod;
import java.util.Arrays;

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
    int code = run(args);
    LastThreads.await();
    System.exit(code);
  }

  private static int run(String[] args) {
    try {
      MainMethod.of(args[0]).invoke(Arrays.copyOfRange(args, 1, args.length));
      return 0;
    } catch (LauncherException e) {
      System.err.println("vertx-mpi: " + e.getMessage());
    } catch (Throwable e) {
      System.err.print("Exception in thread \"main\" ");
      e.printStackTrace();
    }
    return 1;
  }
}
