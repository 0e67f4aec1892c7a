package dev.vertxmpi.launcher.job;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
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

  private static final long LOOK_MILLIS = 100;

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
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(channel), "vertx-mpi-leave"));
      try (FileLock _ = channel.lock(0, Long.MAX_VALUE, true)) {
        end(file);
      }
    } catch (ClosedChannelException e) {
      lookAt(file);
    } catch (IOException e) {
      // The launcher went and took the file along before it could be locked.
      end(file);
    } catch (IllegalStateException e) {
      // This JVM ends already.
      lookAt(file);
    }
  }

  /** The JVM ends, which would take 0.3 s more with a thread that waits in the operating system. */
  private static void leave(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger("dev.vertxmpi.launcher").log(System.Logger.Level.DEBUG, "while letting go of the lifeline", e);
    }
  }

  /** Hooks of the user may take long, and the launcher may go meanwhile. */
  private static void lookAt(Path file) {
    while (true) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
        if (lock != null) {
          end(file);
        }
        Thread.sleep(LOOK_MILLIS);
      } catch (IOException e) {
        end(file);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
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
