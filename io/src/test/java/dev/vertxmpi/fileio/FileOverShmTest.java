package dev.vertxmpi.fileio;

import dev.vertxmpi.Intracommunicator;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.util.List;
import java.util.function.Function;

/** Files of ranks that talk over shared memory. */
class FileOverShmTest extends FileConformance {

  @Override
  <T> Future<List<T>> start(int ranks, Function<Intracommunicator, Future<T>> body) {
    return Jobs.start(vertx, "shm", ThreadingModel.EVENT_LOOP, ranks, body);
  }
}
