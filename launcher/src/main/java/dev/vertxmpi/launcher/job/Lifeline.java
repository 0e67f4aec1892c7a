package dev.vertxmpi.launcher.job;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Ends a rank when its launcher is gone, however it went: the launcher holds an exclusive lock on a file, each rank
 * waits for a shared one. The operating system hands it over at the moment the launcher's process ends.
 */
public final class Lifeline {

  /** Name of the locked file in the folder of the job. */
  static final String FILE = "lifeline";

  /** Name of the file with the port of those who spawned the job. */
  static final String PARENT = "parent";

  /** What a shell shows for a process ended by SIGTERM: the launcher would have sent it. */
  private static final int EXIT_CODE = 143;

  /** How long shutdown hooks of the user may take. */
  private static final long GRACE_MILLIS = 2_000;

  private Lifeline() {
  }

  /** Ties this JVM to its launcher; without a launcher, nothing happens. */
  public static void tie() {
    String file = System.getenv(Variables.LIFELINE);
    if (file != null) {
      Thread.ofPlatform().daemon().name("vertx-mpi-lifeline").start(() -> await(Path.of(file)));
    }
  }

  private static void await(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock _ = channel.lock(0, Long.MAX_VALUE, true)) {
      end(file);
    } catch (IOException e) {
      // The launcher went and took the file along before it could be locked.
      end(file);
    }
  }

  private static void end(Path file) {
    remove(file.getParent());
    Thread.ofPlatform().daemon().start(() -> System.exit(EXIT_CODE));
    try {
      Thread.sleep(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  /** Removes the folder of a job. Several processes may do so at once. */
  static void remove(Path folder) {
    removeFile(folder.resolve("key"));
    removeFile(folder.resolve(PARENT));
    removeFile(folder.resolve(FILE));
    removeFile(folder);
  }

  static void removeFile(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger("dev.vertxmpi.launcher").log(System.Logger.Level.WARNING, "cannot remove " + file, e);
    }
  }
}
