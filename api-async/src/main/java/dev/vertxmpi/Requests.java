package dev.vertxmpi;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waiting for some of several operations. For all of them use {@link Future#join(List)}, which waits for every one
 * even where one fails; {@link Future#all(List)} gives up early, while others still own their buffers.
 */
public final class Requests {

  private Requests() {
  }

  /**
   * An operation that settled.
   *
   * @param <T> type of its result
   * @param index its place in the list
   * @param outcome its result or failure
   */
  public record Settled<T>(int index, AsyncResult<T> outcome) {
  }

  /**
   * The first operation to settle, by success or failure.
   *
   * @param <T> type of the results
   * @param operations at least one
   * @return never fails by itself: the failure of an operation is its outcome
   */
  @MpiProcedure({"MPI_Waitany", "MPI_Testany"})
  public static <T> Future<Settled<T>> first(List<Future<T>> operations) {
    requireSome(operations);
    Promise<Settled<T>> promise = Promise.promise();
    for (int i = 0; i < operations.size(); i++) {
      int index = i;
      operations.get(i).onComplete(outcome -> promise.tryComplete(new Settled<>(index, outcome)));
    }
    return promise.future();
  }

  /**
   * All operations that have settled when the first one does.
   *
   * @param <T> type of the results
   * @param operations at least one
   * @return at least one outcome, in the order of the list
   */
  @MpiProcedure({"MPI_Waitsome", "MPI_Testsome"})
  public static <T> Future<List<Settled<T>>> some(List<Future<T>> operations) {
    requireSome(operations);
    Promise<List<Settled<T>>> promise = Promise.promise();
    AtomicBoolean found = new AtomicBoolean();
    for (Future<T> operation : operations) {
      operation.onComplete(outcome -> {
        if (found.compareAndSet(false, true)) {
          promise.complete(settled(operations));
        }
      });
    }
    return promise.future();
  }

  private static <T> List<Settled<T>> settled(List<Future<T>> operations) {
    List<Settled<T>> done = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      Future<T> operation = operations.get(i);
      if (operation.isComplete()) {
        done.add(new Settled<>(i, operation));
      }
    }
    return done;
  }

  private static void requireSome(List<?> operations) {
    if (operations.isEmpty()) {
      throw new MpiException(ErrorClass.ARG, "operations must not be empty: nothing would ever settle");
    }
  }
}
