package dev.vertxmpi.benchmarks.rank;

import io.vertx.core.Future;

/** How a rank waits for its Futures. */
public enum WaitStyle {

  /** Handlers on the event loop. */
  CALLBACK {
    @Override
    Future<Void> run(Chain chain) {
      return new CallbackRun(chain).begin();
    }
  },

  /** {@code Future.await()} on a virtual thread. */
  AWAIT {
    @Override
    Future<Void> run(Chain chain) {
      try {
        for (Future<?> next = chain.next(); next != null; next = chain.next()) {
          if (!next.isComplete()) {
            next.await();
          } else if (next.failed()) {
            return Future.failedFuture(next.cause());
          }
        }
        return Future.succeededFuture();
      } catch (RuntimeException e) {
        return Future.failedFuture(e);
      }
    }
  };

  /** Runs a chain to its end, on the caller's context. */
  abstract Future<Void> run(Chain chain);
}
