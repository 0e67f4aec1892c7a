package dev.vertxmpi.spi;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.io.FileOptions;
import dev.vertxmpi.io.MpiFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** What the module {@code io} provides. */
public interface FileProvider {

  /**
   * The provider.
   *
   * @return the one on the class or module path
   */
  static FileProvider get() {
    return Providers.only(FileProvider.class, "vertx-mpi-io");
  }

  /**
   * Opens a file: collective over the communicator.
   *
   * @param vertx for blocking calls and timers
   * @param communicator of the caller; the provider duplicates it
   * @param path the same file at every rank
   * @param options modes and hints
   * @return the file
   */
  Future<MpiFile> open(Vertx vertx, Intracommunicator communicator, Path path, FileOptions options);
}
