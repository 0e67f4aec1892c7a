package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.names.NameScopes;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Which scope a publish, unpublish or lookup goes to. Futures settle on any thread. */
final class Names {

  /** The longest service name, in characters. */
  static final int MAX_SERVICE = 1024;

  private final NameScopes scopes;
  private final ProcessId owner;

  Names(NameScopes scopes, ProcessId owner) {
    this.scopes = scopes;
    this.owner = owner;
  }

  static void checkService(String service) {
    if (service.isEmpty() || service.length() > MAX_SERVICE) {
      throw new MpiException(ErrorClass.ARG, "service must have 1 to " + MAX_SERVICE + " characters, but has "
          + service.length());
    }
  }

  Future<NameService> in(Scope scope) {
    return scope == Scope.LOCAL ? scopes.local() : scopes.global();
  }

  /** Publishes; the result says in which scope. By default the global one where its servers answer. */
  Future<Scope> publish(String service, Port port, NameOptions options) {
    Scope asked = options.getScope().orElse(scopes.hasGlobal() ? Scope.GLOBAL : Scope.LOCAL);
    return publish(asked, service, port, options).recover(failure -> {
      boolean fallBack = options.getScope().isEmpty() && asked == Scope.GLOBAL
          && MpiException.of(failure).errorClass() == ErrorClass.SERVICE;
      return fallBack ? publish(Scope.LOCAL, service, port, options) : Future.failedFuture(failure);
    });
  }

  private Future<Scope> publish(Scope scope, String service, Port port, NameOptions options) {
    return in(scope).compose(names -> names.publish(service, port.name(), owner, options.isUnique())).map(scope);
  }

  Future<Void> unpublish(Scope scope, String service) {
    return in(scope).compose(names -> names.unpublish(service, owner));
  }

  /** Takes back a name that we have not published: only to learn why not. */
  Future<Void> unpublishForeign(String service) {
    Future<Void> local = unpublish(Scope.LOCAL, service);
    return scopes.hasGlobal() ? local.recover(failure ->
        MpiException.of(failure).errorClass() == ErrorClass.SERVICE
            ? unpublish(Scope.GLOBAL, service)
            : Future.failedFuture(failure)) : local;
  }

  Future<Void> unpublishAll(Set<Scope> used) {
    return Future.join(used.stream().map(scope -> in(scope).compose(names -> names.unpublishAll(owner))).toList())
        .mapEmpty();
  }

  Future<Port> lookup(String service, LookupOptions options) {
    List<Scope> order = new ArrayList<>(options.getOrder());
    if (order.size() > 1 && !scopes.hasGlobal()) {
      order.remove(Scope.GLOBAL);
    }
    return oneByOne(service, order.iterator(), null)
        .recover(failure -> options.getWait().isZero()
            ? Future.failedFuture(failure)
            : whicheverComes(service, order, options.getWait()))
        .recover(failure -> Future.failedFuture(explain(service, options.getOrder(), MpiException.of(failure))))
        .map(entry -> Port.parse(entry.port()));
  }

  /** A scope that could not answer matters more than one where the name is not. */
  private Future<NameEntry> oneByOne(String service, Iterator<Scope> order, Throwable worst) {
    Scope next = order.next();
    return in(next).compose(names -> names.lookup(service, Duration.ZERO)).recover(failure -> {
      Throwable told = worse(worst, failure);
      return order.hasNext() ? oneByOne(service, order, told) : Future.failedFuture(told);
    });
  }

  private static Throwable worse(Throwable one, Throwable other) {
    return one == null || MpiException.of(one).errorClass() == ErrorClass.NAME ? other : one;
  }

  private Future<NameEntry> whicheverComes(String service, List<Scope> order, Duration wait) {
    Promise<NameEntry> first = Promise.promise();
    AtomicInteger left = new AtomicInteger(order.size());
    for (Scope scope : order) {
      in(scope).compose(names -> names.lookup(service, wait)).onSuccess(first::tryComplete).onFailure(failure -> {
        if (left.decrementAndGet() == 0) {
          first.tryFail(failure);
        }
      });
    }
    return first.future();
  }

  private static MpiException explain(String service, List<Scope> asked, MpiException failure) {
    if (failure.errorClass() != ErrorClass.NAME) {
      return failure;
    }
    String scopes = String.join(", then ", asked.stream().map(scope -> scope.name().toLowerCase(Locale.ROOT)).toList());
    return new MpiException(ErrorClass.NAME, "the service name '" + service + "' is not published; asked in scope: "
        + scopes, failure);
  }
}
