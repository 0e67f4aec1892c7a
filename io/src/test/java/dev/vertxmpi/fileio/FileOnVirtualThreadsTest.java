package dev.vertxmpi.fileio;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.util.List;
import java.util.function.Function;

/** Files of ranks on virtual threads. */
class FileOnVirtualThreadsTest extends FileConformance {

  @Override
  <T> Future<List<T>> start(int ranks, Function<Intracommunicator, Future<T>> body) {
    return Jobs.start(vertx, Links.first(), ThreadingModel.VIRTUAL_THREAD, ranks, body);
  }
}
