package dev.vertxmpi.fileio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The calls of one rank by itself that are under way, in any number at once. At home. */
final class Alone {

  private int running;
  private final List<Promise<Void>> waiting = new ArrayList<>();

  <T> void run(FileCall<T> call, Supplier<Future<T>> action) {
    running++;
    Future<T> outcome = call.withdrawn() != null ? Future.failedFuture(call.withdrawn()) : Home.attempt(action);
    outcome.onComplete(end -> {
      if (end.succeeded()) {
        call.complete(end.result());
      } else {
        call.fail(end.cause());
      }
      running--;
      if (running == 0) {
        waiting.forEach(Promise::tryComplete);
        waiting.clear();
      }
    });
  }

  /** Settles when no call is under way. */
  Future<Void> none() {
    if (running == 0) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    waiting.add(promise);
    return promise.future();
  }
}
