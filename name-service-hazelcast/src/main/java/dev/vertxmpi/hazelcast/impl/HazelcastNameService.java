package dev.vertxmpi.hazelcast.impl;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Names in a Hazelcast map.
 *
 * <p>When a process is killed, its names vanish: in the local scope as soon as its cluster notices, within about two
 * seconds; in the global scope within about three seconds, or within {@link Leases#TIME_TO_LIVE} where its host fell
 * silent or a name server died with it. A lookup never returns a name whose holder is known to be gone.
 *
 * <p>Every call settles within {@link #DEADLINE}, a lookup within that and its own waiting time, and what concerns all
 * names within {@link #BULK_DEADLINE}.
 */
final class HazelcastNameService implements NameService {

  /** Longer names are refused. */
  static final int MAX_SERVICE = 1024;

  private static final Duration DEADLINE = Duration.ofSeconds(15);
  /** For what concerns all names, of which there may be a million. */
  private static final Duration BULK_DEADLINE = Duration.ofSeconds(60);
  private static final Duration LONGEST_WAIT = Duration.ofDays(365);

  private final SharedTable shared;
  private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();
  private final Set<NameFeed> feeds = ConcurrentHashMap.newKeySet();
  private final Set<Consumer<NameEntry>> listeners = ConcurrentHashMap.newKeySet();
  private Future<Void> closed;

  HazelcastNameService(SharedTable shared) {
    this.shared = shared;
  }

  @Override
  public Future<Void> publish(String service, String port, ProcessId owner, boolean unique) {
    Objects.requireNonNull(owner);
    String wrong = check(service);
    if (wrong == null && (port.isEmpty() || port.length() > Port.MAX_NAME)) {
      wrong = "a port name has 1 to " + Port.MAX_NAME + " characters, but this has " + port.length();
    }
    return call(wrong, DEADLINE, over -> shared.table().publish(service, port, owner, unique),
        late -> shared.table().withdraw(service, late)).mapEmpty();
  }

  @Override
  public Future<Void> unpublish(String service, ProcessId owner) {
    Objects.requireNonNull(owner);
    return call(check(service), () -> shared.table().unpublish(service, owner));
  }

  @Override
  public Future<Void> unpublishAll(ProcessId owner) {
    Objects.requireNonNull(owner);
    return call(null, BULK_DEADLINE, over -> {
      shared.table().unpublishAll(owner);
      return null;
    });
  }

  @Override
  public Future<NameEntry> lookup(String service, Duration wait) {
    String wrong = check(service);
    if (wrong == null && wait.isNegative()) {
      wrong = "wait must not be negative, but is " + wait;
    }
    Duration bounded = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    return call(wrong, bounded.plus(DEADLINE), over -> find(service, bounded, over));
  }

  private NameEntry find(String service, Duration wait, BooleanSupplier over) {
    NameTable table = shared.table();
    Optional<NameEntry> found = table.find(service);
    if (found.isEmpty() && !wait.isZero()) {
      long end = System.nanoTime() + wait.toNanos();
      try (NameWatch watch = table.watch(service)) {
        found = table.find(service);
        for (long left = wait.toNanos(); found.isEmpty() && left > 0 && !over.getAsBoolean();
            left = end - System.nanoTime()) {
          watch.await(Duration.ofNanos(left));
          found = table.find(service);
        }
      }
    }
    return found.orElseThrow(() -> table.notFound(service));
  }

  @Override
  public Future<List<NameEntry>> list() {
    return call(null, BULK_DEADLINE, over -> shared.table().list());
  }

  @Override
  public Future<Runnable> watch(Consumer<NameEvent> listener) {
    Objects.requireNonNull(listener);
    return call(null, BULK_DEADLINE, over -> {
      NameFeed feed = new NameFeed(shared.table(), listener);
      feed.begin();
      feeds.add(feed);
      return (Runnable) () -> {
        feeds.remove(feed);
        feed.close();
      };
    }, Runnable::run);
  }

  @Override
  public void onLost(Consumer<NameEntry> listener) {
    Consumer<NameEntry> own = listener::accept;
    synchronized (this) {
      if (closed == null) {
        listeners.add(own);
        shared.table().losses().add(own);
      }
    }
  }

  private static String check(String service) {
    return !service.isEmpty() && service.length() <= MAX_SERVICE ? null
        : "a service name has 1 to " + MAX_SERVICE + " characters, but this has " + service.length();
  }

  private Future<Void> call(String wrong, Runnable body) {
    return call(wrong, DEADLINE, over -> {
      body.run();
      return null;
    });
  }

  /** A blocking operation. It is told whether its caller still waits. */
  private interface Body<T> {
    T run(BooleanSupplier over);
  }

  private <T> Future<T> call(String wrong, Duration deadline, Body<T> body) {
    return call(wrong, deadline, body, late -> { });
  }

  /** {@code undo} gets what comes when the caller was told already that the call has failed. */
  private <T> Future<T> call(String wrong, Duration deadline, Body<T> body, Consumer<T> undo) {
    if (wrong != null) {
      return Future.failedFuture(new MpiException(ErrorClass.ARG, wrong));
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    synchronized (this) {
      if (closed != null) {
        return Future.failedFuture(closedError());
      }
      pending.add(result);
    }
    Future<T> future = Future.fromCompletionStage(result.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS))
        .onComplete(settled -> pending.remove(result))
        .recover(failure -> Future.failedFuture(explain(failure)));
    Thread.ofVirtual().name("vertx-mpi names").start(() -> {
      try {
        T outcome = body.run(result::isDone);
        if (!result.complete(outcome)) {
          undo.accept(outcome);
        }
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return future;
  }

  private MpiException explain(Throwable failure) {
    return failure instanceof TimeoutException
        ? new MpiException(ErrorClass.SERVICE,
            "no answer in time from the name service of "
                + shared.table().backend().scope(), failure)
        : shared.table().backend().explain(failure);
  }

  private static MpiException closedError() {
    return new MpiException(ErrorClass.SERVICE, "the name service is closed");
  }

  @Override
  public synchronized Future<Void> close() {
    if (closed == null) {
      pending.forEach(call -> call.completeExceptionally(closedError()));
      feeds.forEach(NameFeed::close);
      listeners.forEach(shared.table().losses()::remove);
      closed = Background.future("close names", () -> {
        shared.release();
        return null;
      });
    }
    return closed;
  }
}
