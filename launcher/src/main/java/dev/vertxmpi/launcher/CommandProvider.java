package dev.vertxmpi.launcher;

/**
 * Adds a command to {@code vertx-mpi}: found by {@link java.util.ServiceLoader}, declared in {@code module-info} and in
 * {@code META-INF/services}.
 *
 * <p>A command reports an error of its user by throwing {@link LauncherException} or
 * {@link dev.vertxmpi.MpiException}: the message becomes one line. Where it implements
 * {@code Callable<Integer>}, the result is the exit code.
 */
public interface CommandProvider {

  /**
   * The command.
   *
   * @return a new object annotated with picocli's {@code @Command}, with a name that no other command has
   */
  Object command();
}
