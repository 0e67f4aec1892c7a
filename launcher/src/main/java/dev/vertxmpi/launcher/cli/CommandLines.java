package dev.vertxmpi.launcher.cli;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.launcher.CommandProvider;
import dev.vertxmpi.launcher.LauncherException;
import java.io.PrintWriter;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Puts the commands together, and turns every error into one line and an exit code. */
public final class CommandLines {

  private static final int WRONG_USE = 2;

  private CommandLines() {
  }

  /**
   * The command with all that it can do.
   *
   * @param providers of further commands
   * @return to execute
   */
  public static CommandLine create(Iterable<CommandProvider> providers) {
    RootCommand root = new RootCommand();
    CommandLine line = new CommandLine(root);
    providers.forEach(provider -> line.addSubcommand(provider.command()));
    line.setParameterExceptionHandler((e, args) -> wrongUse(e, root.stackTrace));
    line.setExecutionExceptionHandler((e, command, result) -> failed(e, command, root.stackTrace));
    // What follows the name of the user's program is the user's.
    line.getSubcommands().get("run").setStopAtPositional(true);
    return line;
  }

  private static int wrongUse(ParameterException e, boolean stackTrace) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("vertx-mpi: " + oneLine(e.getMessage()));
    err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    trace(e, err, stackTrace);
    return WRONG_USE;
  }

  private static int failed(Exception e, CommandLine command, boolean stackTrace) {
    Throwable cause = (e instanceof ExecutionException || e instanceof CompletionException) && e.getCause() != null
        ? e.getCause() : e;
    PrintWriter err = command.getErr();
    err.println("vertx-mpi: " + oneLine(message(cause)));
    trace(cause, err, stackTrace);
    return cause instanceof LauncherException known ? known.exitCode() : 1;
  }

  private static String message(Throwable cause) {
    boolean ours = cause instanceof LauncherException || cause instanceof MpiException;
    return ours ? cause.getMessage() : cause + " (--stack-trace shows where)";
  }

  private static String oneLine(String text) {
    return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static void trace(Throwable e, PrintWriter err, boolean stackTrace) {
    if (stackTrace) {
      e.printStackTrace(err);
    }
    err.flush();
  }
}
