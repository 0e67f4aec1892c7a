package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.runtime.rank.Rank;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names that a rank publishes for its open ports, and takes back with them. Confined to its domain. */
final class Publications {

  private final Rank rank;
  private final Names names;
  private final OpenPorts open;
  private final Published published = new Published();
  /** So that none is added to a scope after all were taken back from it. */
  private final Set<Future<?>> publishing = new HashSet<>();

  Publications(Rank rank, Names names, OpenPorts open) {
    this.rank = rank;
    this.names = names;
    this.open = open;
  }

  Future<Void> publish(String service, Port port, NameOptions options) {
    Future<Void> done = names.publish(service, port, options)
        .compose(scope -> rank.inDomain(() -> keep(scope, service, port)));
    publishing.add(done);
    return done.onComplete(over -> rank.domain().execute(() -> publishing.remove(done)));
  }

  private Future<Void> keep(Scope scope, String service, Port port) {
    if (open.has(port)) {
      published.add(scope, service, port);
      return Future.succeededFuture();
    }
    return names.unpublish(scope, service).transform(done -> Future.failedFuture(
        new MpiException(ErrorClass.PORT, "the port was closed while its name was published")));
  }

  /** Where no scope is asked for, from all in which the rank has published the name. */
  Future<Void> unpublish(String service, NameOptions options) {
    Set<Scope> where = options.getScope().map(Set::of).orElseGet(() -> published.scopes(service));
    if (where.isEmpty()) {
      return names.unpublishForeign(service);
    }
    return Future.join(where.stream().map(scope -> takeBack(scope, service)).toList()).mapEmpty();
  }

  private Future<Void> takeBack(Scope scope, String service) {
    return names.unpublish(scope, service).compose(done -> rank.inDomain(() -> {
      published.remove(scope, service);
      return Future.succeededFuture();
    }));
  }

  /** Takes back the names of a port. */
  Future<?> takeBack(Port port) {
    List<Future<Void>> takenBack = new ArrayList<>();
    for (Published.Name name : published.of(port)) {
      published.remove(name.scope(), name.service());
      takenBack.add(names.unpublish(name.scope(), name.service()));
    }
    return Future.join(takenBack);
  }

  /** Takes everything back, and waits for what is just being published. */
  List<Future<Void>> takeAllBack() {
    List<Future<Void>> ends = new ArrayList<>();
    ends.add(names.unpublishAll(published.scopes()));
    publishing.forEach(one -> ends.add(one.mapEmpty()));
    return ends;
  }
}
