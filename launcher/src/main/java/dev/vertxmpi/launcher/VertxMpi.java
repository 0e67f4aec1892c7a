package dev.vertxmpi.launcher;

import dev.vertxmpi.launcher.cli.CommandLines;
import java.util.ServiceLoader;

/** The command {@code vertx-mpi}. */
public final class VertxMpi {

  private VertxMpi() {
  }

  /**
   * Runs the command and ends the JVM with its exit code.
   *
   * @param args see {@code vertx-mpi --help}
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs the command.
   *
   * @param args see {@code vertx-mpi --help}
   * @return 0, or what the shell should get: 2 for a wrong command line, 1 for other errors, what a job ended with
   */
  public static int run(String... args) {
    return CommandLines.create(ServiceLoader.load(CommandProvider.class)).execute(args);
  }
}
