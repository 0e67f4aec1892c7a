package dev.vertxmpi.fileio;

import dev.vertxmpi.MpiException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * The collective operations of one rank on one file: one after another, in the order of the calls, so that those of
 * different ranks meet. Each begins with a vote, in which every rank takes part, whatever went wrong there. At home.
 */
final class Collectives {

  /** What an operation does when all ranks have called it and none has failed. */
  @FunctionalInterface
  interface Body<T> {
    Future<T> run(Votes votes);
  }

  private final FileState file;
  private final Queue<Supplier<Future<?>>> waiting = new ArrayDeque<>();
  private boolean busy;
  private int sequence;

  Collectives(FileState file) {
    this.file = file;
  }

  /**
   * Runs an operation when those before it have settled.
   *
   * @param facts how many its vote has
   * @param prepare makes the facts, or fails
   * @param body the operation itself
   * @return how it went, which the caller of a withdrawn call no longer learns
   */
  <T> Future<T> add(FileCall<T> call, Operation operation, int facts, Supplier<Future<long[]>> prepare, Body<T> body) {
    Promise<T> promise = Promise.promise();
    waiting.add(() -> vote(call, operation, facts, prepare)
        .compose(body::run)
        .onComplete(outcome -> {
          settle(promise, outcome);
          if (outcome.succeeded()) {
            call.complete(outcome.result());
          } else {
            call.fail(Errors.of(outcome.cause(), "access", file.path()));
          }
        }));
    next();
    return promise.future();
  }

  private static <T> void settle(Promise<T> promise, AsyncResult<T> outcome) {
    if (outcome.succeeded()) {
      promise.complete(outcome.result());
    } else {
      promise.fail(outcome.cause());
    }
  }

  private Future<Votes> vote(FileCall<?> call, Operation operation, int facts, Supplier<Future<long[]>> prepare) {
    MpiException withdrawn = call.withdrawn();
    Future<long[]> prepared = withdrawn != null ? Future.failedFuture(withdrawn) : Home.attempt(prepare);
    return prepared.map(known -> new Vote(operation, null, known))
        .otherwise(why -> Vote.failed(operation, Errors.of(why, "access", file.path()), facts))
        .compose(mine -> Votes.exchange(file.communicator(), mine));
  }

  /** The number of the operation that runs: the same at every rank. */
  int sequence() {
    return sequence;
  }

  private void next() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    sequence++;
    Home.attempt(() -> waiting.poll().get().mapEmpty()).onComplete(end -> {
      busy = false;
      file.home().run(this::next);
    });
  }
}
