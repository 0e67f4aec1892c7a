package dev.vertxmpi.runtime.job;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs a function once in each rank.
 *
 * @param <T> type of the results
 */
final class JobRun<T> {

  private record Seated(Context context, Mpi mpi) {
  }

  private final JvmJob job;
  private final Function<Mpi, Future<T>> body;
  private final long graceMillis;
  private final List<Promise<Seated>> seated = new ArrayList<>();
  private final RootCause failures = new RootCause();

  JobRun(JvmJob job, Function<Mpi, Future<T>> body, long graceMillis) {
    this.job = job;
    this.body = body;
    this.graceMillis = graceMillis;
  }

  Future<List<T>> begin() {
    return job.deploy(this::verticle).compose(deployed -> {
      List<Future<T>> results = seated.stream().map(rank -> call(rank.future().result())).toList();
      return settled(results)
          // Where one failed, the others may wait for it: their ranks end, and with them what they wait for.
          .eventually(job::close)
          .transform(first -> first.succeeded() ? Future.succeededFuture(first.result())
              : Future.join(results).timeout(graceMillis, TimeUnit.MILLISECONDS)
                  .transform(rest -> Future.failedFuture(failures.get())));
    });
  }

  private Deployable verticle() {
    Promise<Seated> promise = Promise.promise();
    seated.add(promise);
    return context -> Seat.current(context.owner()).orElseThrow().take()
        .onSuccess(mpi -> promise.complete(new Seated(context, mpi)));
  }

  private Future<T> call(Seated rank) {
    Promise<T> promise = Promise.promise();
    rank.context().runOnContext(now -> {
      try {
        Future<T> result = body.apply(rank.mpi());
        if (result == null) {
          throw new MpiException(ErrorClass.ARG, "the body gave null instead of a Future at rank "
              + rank.mpi().rank());
        }
        result.onComplete(promise);
      } catch (RuntimeException | Error e) {
        promise.fail(e);
      }
    });
    return promise.future().onFailure(failures::add);
  }

  /** All results, or the first failure at once. */
  private Future<List<T>> settled(List<Future<T>> results) {
    return Future.all(results).map(all -> {
      List<T> list = new ArrayList<>();
      results.forEach(result -> list.add(result.result()));
      return Collections.unmodifiableList(list);
    });
  }
}
