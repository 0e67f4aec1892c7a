package dev.vertxmpi.runtime.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Names for jobs whose ranks are all in this JVM. */
public final class InJvmNameService implements NameService {

  private final Vertx vertx;
  private final NameStore store;
  private final Set<Promise<NameEntry>> waiting = ConcurrentHashMap.newKeySet();
  private final Set<Consumer<NameEvent>> watchers = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /**
   * Opens a scope.
   *
   * @param vertx for the deadlines of those who wait
   * @param scope shared by all services of that name in this JVM
   */
  public InJvmNameService(Vertx vertx, String scope) {
    this.vertx = vertx;
    this.store = NameStore.open(scope);
  }

  @Override
  public Future<Void> publish(String service, String port, ProcessId owner, boolean unique) {
    return done(() -> store.publish(service, port, owner, unique));
  }

  @Override
  public Future<Void> unpublish(String service, ProcessId owner) {
    return done(() -> store.unpublish(service, owner));
  }

  @Override
  public Future<Void> unpublishAll(ProcessId owner) {
    return done(() -> store.unpublishAll(owner));
  }

  @Override
  public Future<List<NameEntry>> list() {
    return open(store::list);
  }

  @Override
  public Future<NameEntry> lookup(String service, Duration wait) {
    if (wait.isZero()) {
      return open(() -> found(service, store.lookup(service, null)));
    }
    Promise<NameEntry> promise = Promise.promise();
    Consumer<NameEntry> waiter = promise::tryComplete;
    NameEntry there;
    synchronized (this) {
      if (closed) {
        return Future.failedFuture(closing());
      }
      waiting.add(promise);
      there = store.lookup(service, waiter);
    }
    if (there != null) {
      promise.tryComplete(there);
    }
    long timer = vertx.setTimer(Math.max(1, wait.toMillis()), fired -> promise.tryFail(missing(service)));
    return promise.future().onComplete(outcome -> {
      vertx.cancelTimer(timer);
      waiting.remove(promise);
      store.forget(service, waiter);
    });
  }

  @Override
  public Future<Runnable> watch(Consumer<NameEvent> listener) {
    Consumer<NameEvent> watcher = listener::accept;
    synchronized (this) {
      if (closed) {
        return Future.failedFuture(closing());
      }
      watchers.add(watcher);
    }
    store.watch(watcher);
    return Future.succeededFuture(() -> unwatch(watcher));
  }

  private void unwatch(Consumer<NameEvent> watcher) {
    watchers.remove(watcher);
    store.unwatch(watcher);
  }

  private static NameEntry found(String service, NameEntry entry) {
    if (entry == null) {
      throw missing(service);
    }
    return entry;
  }

  private static MpiException missing(String service) {
    return new MpiException(ErrorClass.NAME, "the service name '" + service + "' is not published");
  }

  private static MpiException closing() {
    return new MpiException(ErrorClass.SERVICE, "the name service is closed");
  }

  private Future<Void> done(Runnable action) {
    return open(() -> {
      action.run();
      return null;
    });
  }

  private <T> Future<T> open(Supplier<T> action) {
    try {
      synchronized (this) {
        if (closed) {
          throw closing();
        }
      }
      return Future.succeededFuture(action.get());
    } catch (MpiException e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public Future<Void> close() {
    synchronized (this) {
      if (closed) {
        return Future.succeededFuture();
      }
      closed = true;
    }
    watchers.forEach(this::unwatch);
    store.release();
    waiting.forEach(promise -> promise.tryFail(closing()));
    return Future.succeededFuture();
  }
}
