package dev.vertxmpi.fileio;

import dev.vertxmpi.Intracommunicator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** Files on the simplest communicator there is. */
class FileOnModelTest extends FileConformance {

  @Override
  <T> Future<List<T>> start(int ranks, Function<Intracommunicator, Future<T>> body) {
    return start(vertx, new MemoryRanks(vertx, ranks), ranks, body);
  }

  static <T> Future<List<T>> start(Vertx vertx, MemoryRanks model, int ranks,
      Function<Intracommunicator, Future<T>> body) {
    List<Future<T>> all = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      Intracommunicator world = model.world(rank);
      Promise<T> promise = Promise.promise();
      newContext(vertx).runOnContext(now -> Home.attempt(() -> body.apply(world)).onComplete(promise));
      all.add(promise.future());
    }
    return Future.join(all).map(done -> all.stream().map(Future::result).toList());
  }

  private static Context newContext(Vertx vertx) {
    try {
      FutureTask<Context> task = new FutureTask<>(vertx::getOrCreateContext);
      Thread.ofPlatform().start(task);
      return task.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
