package dev.vertxmpi.fileio;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.io.FileOptions;
import dev.vertxmpi.io.MpiFile;
import dev.vertxmpi.spi.FileProvider;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Objects;

/** Opens files for the ranks of a communicator. Found through {@link java.util.ServiceLoader}. */
public final class MpiFileProvider implements FileProvider {

  /** Found by its interface. */
  public MpiFileProvider() {
  }

  @Override
  public Future<MpiFile> open(Vertx vertx, Intracommunicator communicator, Path path, FileOptions options) {
    Objects.requireNonNull(path);
    FileOptions mine = new FileOptions(options);
    Home home = Home.of(vertx);
    Context caller = home.caller();
    Promise<MpiFile> promise = Promise.promise();
    // At the call, so that ranks which open several files match them in the order of their calls.
    communicator.dup()
        .compose(own -> home.runAsync(() -> new Opening(home, own, path, mine).run()))
        .onComplete(outcome -> {
          if (outcome.succeeded()) {
            caller.runOnContext(now -> promise.complete(outcome.result()));
          } else {
            home.close();
            MpiException why = Errors.of(outcome.cause(), "open", path).in(Operation.OPEN.procedure());
            caller.runOnContext(now -> promise.fail(why));
          }
        });
    return promise.future();
  }
}
