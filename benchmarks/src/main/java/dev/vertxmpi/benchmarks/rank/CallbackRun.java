package dev.vertxmpi.benchmarks.rank;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Runs a chain by handlers. Futures that are complete when they are returned are passed over in a loop, so that no
 * sequence of them makes the stack deep.
 */
final class CallbackRun implements Completable<Object> {

  private final Chain chain;
  private final Promise<Void> end = Promise.promise();

  CallbackRun(Chain chain) {
    this.chain = chain;
  }

  Future<Void> begin() {
    advance();
    return end.future();
  }

  @Override
  public void complete(Object result, Throwable failure) {
    if (failure != null) {
      end.fail(failure);
    } else {
      advance();
    }
  }

  private void advance() {
    try {
      Future<?> next = chain.next();
      while (next != null && next.succeeded()) {
        next = chain.next();
      }
      if (next == null) {
        end.complete();
      } else {
        next.onComplete(this);
      }
    } catch (RuntimeException e) {
      end.tryFail(e);
    }
  }
}
