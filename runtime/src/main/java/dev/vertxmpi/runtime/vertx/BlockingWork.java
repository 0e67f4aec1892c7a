package dev.vertxmpi.runtime.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Work that blocks, on the workers of a {@code Vertx}, whose owner waits for it when it closes. A {@code Vertx} that
 * closes does not wait: what settles after its loops have ended throws in the worker.
 */
public final class BlockingWork {

  private final Vertx vertx;
  private final Set<Future<?>> underWay = ConcurrentHashMap.newKeySet();

  /**
   * No work yet.
   *
   * @param vertx whose workers do it
   */
  public BlockingWork(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Runs on a worker, beside other work.
   *
   * @param <T> of the result
   * @param action what blocks
   * @return settles on the context of the caller
   */
  public <T> Future<T> run(Callable<T> action) {
    return run(action, false);
  }

  /**
   * Runs on a worker.
   *
   * @param <T> of the result
   * @param action what blocks
   * @param ordered whether after what the same context has asked for before
   * @return settles on the context of the caller
   */
  public <T> Future<T> run(Callable<T> action, boolean ordered) {
    Future<T> result = vertx.executeBlocking(action, ordered);
    underWay.add(result);
    return result.onComplete(done -> underWay.remove(result));
  }

  /**
   * Waits for what has begun. What begins meanwhile is waited for too.
   *
   * @return always succeeds
   */
  public Future<Void> settled() {
    // Some may be complete, and still here until their loop hears of that: perhaps the one that runs this.
    List<Future<?>> begun = underWay.stream().filter(one -> !one.isComplete()).toList();
    return begun.isEmpty() ? Future.succeededFuture() : Future.join(begun).transform(done -> settled());
  }
}
