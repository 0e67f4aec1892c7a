package dev.vertxmpi.runtime.port;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.call.Calls;
import dev.vertxmpi.runtime.names.NameScopes;
import dev.vertxmpi.runtime.names.NameStream;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/** The ports of a rank and the names that it has published for them. */
public final class Ports {

  /** How long a name server may take, beyond what a lookup is told to wait. */
  private static final Duration NAMES_TIMEOUT = Duration.ofSeconds(30);

  /** How long connects that were on their way when a port closed are told so. */
  private static final long LAST_CALLS_MILLIS = 2_000;

  private final Rank rank;
  private final NameScopes scopes;
  private final Names names;
  private final Calls calls;
  private final Map<UUID, OpenPort> open = new HashMap<>();
  private final Set<UUID> closing = new HashSet<>();
  private final Map<UUID, NodeAddress> extra = new HashMap<>();
  private final Published published = new Published();
  /** So that none is added to a scope after all were taken back from it. */
  private final Set<Future<?>> publishing = new HashSet<>();
  private final Set<NameStream> streams = Collections.newSetFromMap(new WeakHashMap<>());
  /** That of the node; there once a port was opened. */
  private Door door;

  /**
   * No ports yet.
   *
   * @param rank whose ports
   * @param scopes where it publishes; closed with the ports
   */
  public Ports(Rank rank, NameScopes scopes) {
    this.rank = rank;
    this.scopes = scopes;
    this.names = new Names(scopes, rank.id());
    this.calls = new Calls(rank.domain(), rank.context());
    scopes.onLost(entry -> rank.domain().execute(() -> lost(entry)));
  }

  private <T> void settle(Call<T> call, Future<T> outcome) {
    outcome.onComplete(done -> rank.domain().execute(() -> {
      if (done.succeeded()) {
        call.complete(done.result());
      } else {
        call.fail(done.cause());
      }
    }));
  }

  private <T> Future<T> begin(String procedure, Duration timeout, Supplier<Future<T>> body) {
    return calls.begin(procedure, new CallOptions(), timeout, call -> settle(call, body.get()));
  }

  /** Runs something in the domain before a Future goes on. */
  private <T> Future<T> inDomain(Supplier<Future<T>> step) {
    Promise<T> promise = Promise.promise();
    rank.domain().execute(() -> {
      try {
        step.get().onComplete(promise);
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  /**
   * See {@link dev.vertxmpi.Mpi#openPort}.
   *
   * @param options address, number and length of the queue
   * @return the port
   */
  public Future<Port> openPort(PortOptions options) {
    PortOptions asked = new PortOptions(options);
    return begin("MPI_Open_port", NAMES_TIMEOUT, () -> place(asked)
        .compose(where -> inDomain(() -> open(where, asked.getQueue()))));
  }

  private Future<NodeAddress> place(PortOptions asked) {
    if (asked.getIpAddress().isEmpty() && asked.getIpPort() == 0) {
      return Future.succeededFuture(rank.node().address());
    }
    String host = asked.getIpAddress().orElse(rank.options().getHost());
    return rank.vertx().executeBlocking(() -> HostAddress.check(host), false)
        .compose(checked -> rank.node().listen(checked, asked.getIpPort()));
  }

  private Future<Port> open(NodeAddress where, int queue) {
    boolean own = !where.equals(rank.node().address());
    try {
      if (calls.isClosed()) {
        throw new MpiException(ErrorClass.PORT, "the rank is closed");
      }
      OpenPort made = OpenPort.at(rank, where, queue);
      Port port = made.port();
      door = Door.of(rank);
      door.add(made);
      open.put(port.id(), made);
      if (own) {
        extra.put(port.id(), where);
      }
      return Future.succeededFuture(port);
    } catch (MpiException e) {
      Future<Void> undone = own ? rank.node().unlisten(where) : Future.succeededFuture();
      return undone.transform(done -> Future.failedFuture(e));
    }
  }

  /**
   * See {@link dev.vertxmpi.Mpi#closePort}.
   *
   * @param port opened by this rank
   * @return settles when it is closed
   */
  public Future<Void> closePort(Port port) {
    Objects.requireNonNull(port, "port");
    return begin("MPI_Close_port", null, () -> {
      OpenPort known = mine(port);
      closing.add(port.id());
      // A name that another process has taken over, or whose server is away, must not keep the port open.
      return takeNamesBack(port).transform(done -> inDomain(() -> close(known, OpenPort.CLOSED)));
    });
  }

  private Future<?> takeNamesBack(Port port) {
    List<Future<Void>> takenBack = new ArrayList<>();
    for (Published.Name name : published.of(port)) {
      published.remove(name.scope(), name.service());
      takenBack.add(names.unpublish(name.scope(), name.service()));
    }
    return Future.join(takenBack);
  }

  /** Whoever looks the name up finds another process: who still has our port must not believe that it is served. */
  private void lost(NameEntry entry) {
    OpenPort known = entry.owner().equals(rank.id()) ? open.get(Port.parse(entry.port()).id()) : null;
    if (known != null && closing.add(known.port().id())) {
      close(known, OpenPort.LOST + "its name '" + entry.service() + "' is that of another process since it was lost");
      takeNamesBack(known.port());
    }
  }

  private OpenPort mine(Port port) {
    OpenPort known = open.get(port.id());
    if (known == null || closing.contains(port.id())) {
      throw new MpiException(ErrorClass.PORT, "port must be one that this rank has opened and not closed");
    }
    return known;
  }

  private Future<Void> close(OpenPort port, String why) {
    UUID id = port.port().id();
    Future<Void> told = port.close(why);
    rank.vertx().setTimer(LAST_CALLS_MILLIS, over -> {
      door.remove(port);
      port.forget();
    });
    open.remove(id);
    closing.remove(id);
    NodeAddress own = extra.remove(id);
    return own == null ? told : told.compose(done -> rank.node().unlisten(own));
  }

  /**
   * See {@link dev.vertxmpi.Mpi#join}.
   *
   * @param self the communicator of this rank alone
   * @param socket to the other process
   * @param options deadline of the whole
   * @return the connection
   */
  public Future<Intercommunicator> join(Intracommunicator self, NetSocket socket, ConnectOptions options) {
    Objects.requireNonNull(socket, "socket");
    ConnectOptions asked = new ConnectOptions(options);
    return calls.begin("MPI_Comm_join", new CallOptions(), asked.getTimeout(), call ->
        new Joining(rank, this, self, socket, asked, call).start());
  }

  /**
   * See {@link dev.vertxmpi.Mpi#publish}.
   *
   * @param service 1 to 1024 characters
   * @param port opened by this rank
   * @param options scope and uniqueness
   * @return settles when lookups find it
   */
  public Future<Void> publish(String service, Port port, NameOptions options) {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(port, "port");
    NameOptions asked = new NameOptions(options);
    return begin("MPI_Publish_name", NAMES_TIMEOUT, () -> {
      Names.checkService(service);
      OpenPort known = mine(port);
      Future<Void> done = names.publish(service, known.port(), asked)
          .compose(scope -> inDomain(() -> keep(scope, service, port)));
      publishing.add(done);
      return done.onComplete(over -> rank.domain().execute(() -> publishing.remove(done)));
    });
  }

  private Future<Void> keep(Scope scope, String service, Port port) {
    if (open.containsKey(port.id()) && !closing.contains(port.id())) {
      published.add(scope, service, port);
      return Future.succeededFuture();
    }
    return names.unpublish(scope, service).transform(done -> Future.failedFuture(
        new MpiException(ErrorClass.PORT, "the port was closed while its name was published")));
  }

  /**
   * See {@link dev.vertxmpi.Mpi#unpublish}.
   *
   * @param service published by this rank
   * @param options scope; by default wherever this rank has published it
   * @return settles when lookups no longer find it
   */
  public Future<Void> unpublish(String service, NameOptions options) {
    Objects.requireNonNull(service, "service");
    NameOptions asked = new NameOptions(options);
    return begin("MPI_Unpublish_name", NAMES_TIMEOUT, () -> {
      Names.checkService(service);
      Set<Scope> where = asked.getScope().map(Set::of).orElseGet(() -> published.scopes(service));
      if (where.isEmpty()) {
        return names.unpublishForeign(service);
      }
      return Future.join(where.stream().map(scope -> takeBack(scope, service)).toList()).mapEmpty();
    });
  }

  private Future<Void> takeBack(Scope scope, String service) {
    return names.unpublish(scope, service).compose(done -> inDomain(() -> {
      published.remove(scope, service);
      return Future.succeededFuture();
    }));
  }

  /**
   * See {@link dev.vertxmpi.Mpi#lookup}.
   *
   * @param service its name
   * @param options where to look and for how long
   * @return its port
   */
  public Future<Port> lookup(String service, LookupOptions options) {
    Objects.requireNonNull(service, "service");
    LookupOptions asked = new LookupOptions(options);
    return begin("MPI_Lookup_name", asked.getWait().plus(NAMES_TIMEOUT), () -> {
      Names.checkService(service);
      return names.lookup(service, asked);
    });
  }

  /**
   * See {@link dev.vertxmpi.Mpi#names}.
   *
   * @param scope whose names
   * @return begins with its handler, ends with the rank
   */
  public NameStream names(Scope scope) {
    Objects.requireNonNull(scope, "scope");
    NameStream stream = new NameStream(rank.context(), () -> names.in(scope));
    rank.domain().execute(() -> {
      if (calls.isClosed()) {
        stream.end();
      } else {
        streams.add(stream);
      }
    });
    return stream;
  }

  /**
   * Closes all ports because the rank is closed.
   *
   * @return as {@link #close(MpiException)}
   */
  public Future<Void> close() {
    return close(new MpiException(ErrorClass.PORT, "the rank is closed"));
  }

  /**
   * Closes all ports and takes all names back. Later calls fail.
   *
   * @param why becomes their failure
   * @return settles when nothing is left open, or its name server does not answer
   */
  public Future<Void> close(MpiException why) {
    return this.<Void>inDomain(() -> {
      calls.close(why);
      streams.forEach(NameStream::end);
      List<Future<Void>> ends = new ArrayList<>();
      List.copyOf(open.values()).forEach(port -> ends.add(close(port, OpenPort.CLOSED)));
      ends.add(names.unpublishAll(published.scopes()));
      publishing.forEach(one -> ends.add(one.mapEmpty()));
      return Future.join(ends).transform(done -> inDomain(() -> {
        calls.withdrawAll(why);
        return scopes.close();
      }));
    });
  }
}
