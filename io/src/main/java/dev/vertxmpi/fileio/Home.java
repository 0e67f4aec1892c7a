package dev.vertxmpi.fileio;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Where the state of a file lives: an event loop for decisions, worker threads for everything that blocks.
 *
 * <p>A caller on an event loop shares its own loop with the file. A caller on a worker or virtual thread may block
 * while it waits for the file, so the file gets a loop of its own.
 */
final class Home {

  private static final String POOL = "vertx-mpi-files";
  private static final int THREADS = Math.max(4, Runtime.getRuntime().availableProcessors());

  /** Bytes to work on at home: microseconds, however scattered they are. */
  private static final long FEW = 4096;

  private final Vertx vertx;
  private final Context context;
  private final WorkerExecutor workers;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Home(Vertx vertx, Context context, WorkerExecutor workers) {
    this.vertx = vertx;
    this.context = context;
    this.workers = workers;
  }

  /** A home for a file of the caller. All files of a {@code Vertx} share one pool of workers. */
  static Home of(Vertx vertx) {
    WorkerExecutor workers = vertx.createSharedWorkerExecutor(POOL, THREADS);
    Context current = vertx.getOrCreateContext();
    return new Home(vertx, current.isEventLoopContext() ? current : apart(vertx), workers);
  }

  /** Contexts made on a thread that Vert.x does not know are new ones, on an event loop. */
  private static Context apart(Vertx vertx) {
    FutureTask<Context> task = new FutureTask<>(vertx::getOrCreateContext);
    Thread.ofPlatform().name("vertx-mpi-file-home").start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Vertx vertx() {
    return vertx;
  }

  Context context() {
    return context;
  }

  /** The context on which results of a call arrive: the caller's, else the file's. */
  Context caller() {
    Context current = Vertx.currentContext();
    return current != null && current.owner().equals(vertx) ? current : context;
  }

  /** Runs a decision, after those that were asked for before. */
  void run(Runnable action) {
    context.runOnContext(now -> action.run());
  }

  /** Runs an asynchronous action at home. */
  <T> Future<T> runAsync(Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    run(() -> attempt(action).onComplete(promise));
    return promise.future();
  }

  /** The Future of an action, failed where the action throws. */
  static <T> Future<T> attempt(Supplier<Future<T>> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Runs something that blocks, from home; what follows runs at home. */
  <T> Future<T> blocking(Callable<T> action) {
    return attempt(() -> workers.executeBlocking(action, false));
  }

  /**
   * Runs something that copies or looks at some bytes but waits for nothing: at home where they are few, since a worker
   * would take longer to wake up.
   */
  <T> Future<T> working(long bytes, Callable<T> action) {
    if (bytes > FEW) {
      return blocking(action);
    }
    try {
      return Future.succeededFuture(action.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  /** Gives the workers back, once. Other files may still use them. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      workers.close();
    }
  }
}
