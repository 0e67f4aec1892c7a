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
import dev.vertxmpi.runtime.call.Calls;
import dev.vertxmpi.runtime.names.NameScopes;
import dev.vertxmpi.runtime.names.NameStream;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.NameEntry;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/** The ports of a rank and the names that it has published for them. */
public final class Ports {

  /** How long a name server may take, beyond what a lookup is told to wait. */
  private static final Duration NAMES_TIMEOUT = Duration.ofSeconds(30);

  private final Rank rank;
  private final NameScopes scopes;
  private final Names names;
  private final Calls calls;
  private final OpenPorts open;
  private final Publications publications;
  private final Set<NameStream> streams = Collections.newSetFromMap(new WeakHashMap<>());

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
    this.open = new OpenPorts(rank);
    this.publications = new Publications(rank, names, open);
    scopes.onLost(entry -> rank.domain().execute(() -> lost(entry)));
  }

  private <T> Future<T> begin(String procedure, Duration timeout, Supplier<Future<T>> body) {
    return calls.follow(procedure, new CallOptions(), timeout, body);
  }

  /**
   * See {@link dev.vertxmpi.Mpi#openPort}.
   *
   * @param options address, number and length of the queue
   * @return the port
   */
  public Future<Port> openPort(PortOptions options) {
    PortOptions asked = new PortOptions(options);
    return begin("MPI_Open_port", NAMES_TIMEOUT, () -> open.open(asked));
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
      Port own = open.own(port);
      open.leave(own);
      // A name that another process has taken over, or whose server is away, must not keep the port open.
      return publications.takeBack(own).transform(done -> rank.inDomain(() -> open.close(own, OpenPort.CLOSED)));
    });
  }

  /** Whoever looks the name up finds another process: who still has our port must not believe that it is served. */
  private void lost(NameEntry entry) {
    if (!entry.owner().equals(rank.id())) {
      return;
    }
    Port port = Port.parse(entry.port());
    if (open.has(port)) {
      open.close(port, OpenPort.LOST + "its name '" + entry.service()
          + "' is that of another process since it was lost");
      publications.takeBack(port);
    }
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
      return publications.publish(service, open.own(port), asked);
    });
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
      return publications.unpublish(service, asked);
    });
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
    return rank.<Void>inDomain(() -> {
      calls.close(why);
      streams.forEach(NameStream::end);
      List<Future<Void>> ends = new ArrayList<>(open.closeAll());
      ends.addAll(publications.takeAllBack());
      return Future.join(ends).transform(done -> rank.inDomain(() -> {
        calls.withdrawAll(why);
        return scopes.close();
      }));
    });
  }
}
