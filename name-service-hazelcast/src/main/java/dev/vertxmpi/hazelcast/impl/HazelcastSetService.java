package dev.vertxmpi.hazelcast.impl;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.SetMember;
import dev.vertxmpi.spi.SetRoll;
import dev.vertxmpi.spi.SetService;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Process sets in a Hazelcast map. Every call settles within {@link #DEADLINE}. */
final class HazelcastSetService implements SetService {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final SetTable table;
  private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();
  private final Set<SetFeed> feeds = ConcurrentHashMap.newKeySet();
  private Future<Void> closed;

  /** Takes over one use of the table. */
  HazelcastSetService(SetTable table) {
    this.table = table;
  }

  @Override
  public Future<SetRoll> join(String uri, SetMember member) {
    Objects.requireNonNull(member);
    return call(() -> table.join(uri, member));
  }

  @Override
  public Future<Void> remove(String uri, ProcessId process, boolean died) {
    Objects.requireNonNull(process);
    return call(() -> {
      table.remove(uri, process, died);
      return null;
    });
  }

  @Override
  public Future<Runnable> watch(String uri, Consumer<SetRoll> listener) {
    SetFeed feed = new SetFeed(table, uri, listener);
    return call(() -> {
      feeds.add(feed);
      feed.begin();
      return (Runnable) () -> stop(feed);
    }).onFailure(never -> stop(feed));
  }

  private void stop(SetFeed feed) {
    feeds.remove(feed);
    feed.close();
  }

  private <T> Future<T> call(Callable<T> body) {
    CompletableFuture<T> result = new CompletableFuture<>();
    synchronized (this) {
      if (closed != null) {
        return Future.failedFuture(closedError());
      }
      pending.add(result);
    }
    Background.run("process sets", () -> {
      try {
        result.complete(body.call());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return Future.fromCompletionStage(result.orTimeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS))
        .onComplete(settled -> pending.remove(result))
        .recover(failure -> Future.failedFuture(explain(failure)));
  }

  private static MpiException explain(Throwable failure) {
    return failure instanceof TimeoutException
        ? new MpiException(ErrorClass.SERVICE, "no answer within " + DEADLINE.toSeconds()
            + " s from the cluster that keeps the process sets", failure)
        : SetTable.explain(failure);
  }

  private static MpiException closedError() {
    return new MpiException(ErrorClass.SERVICE, "the store of process sets is closed");
  }

  @Override
  public synchronized Future<Void> close() {
    if (closed == null) {
      pending.forEach(call -> call.completeExceptionally(closedError()));
      closed = Background.future("close process sets", () -> {
        feeds.forEach(this::stop);
        table.release();
        return null;
      });
    }
    return closed;
  }
}
