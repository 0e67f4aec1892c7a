package dev.vertxmpi.fileio;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.io.FileMode;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;

/** The end of a file that all ranks close. Whatever fails, this rank lets go of everything it has. */
final class Closing {

  private final FileState file;

  Closing(FileState file) {
    this.file = file;
  }

  Future<Void> run() {
    return step("close", () -> {
      file.channel().close();
      return null;
    }).compose(closed -> file.modes().has(FileMode.DELETE_ON_CLOSE) ? delete() : Future.succeededFuture())
        .eventually(() -> file.watch().stop().eventually(() -> file.communicator().free()).otherwiseEmpty())
        .onComplete(end -> file.home().close());
  }

  /** The first rank deletes, when no rank has the file open any more. */
  private Future<Void> delete() {
    return step("delete", () -> {
      if (file.communicator().rank() == 0) {
        Files.deleteIfExists(file.path());
      }
      return null;
    });
  }

  private Future<Void> step(String name, Callable<Void> action) {
    return file.home().blocking(action).<MpiException>map(done -> null)
        .otherwise(why -> Errors.of(why, name, file.path()))
        .compose(failure -> Votes.exchange(file.communicator(), new Vote(Operation.CLOSE, failure))).mapEmpty();
  }

  /** Lets go of what this rank has, without the others. */
  static void release(FileState file) {
    try {
      file.channel().close();
    } catch (IOException e) {
      System.getLogger(Closing.class.getName())
          .log(System.Logger.Level.WARNING, "could not close " + file.path(), e);
    }
    file.home().close();
    // Ends by itself: at once where all ranks take part, at its deadline where one is gone.
    file.communicator().free();
  }
}
