package dev.vertxmpi;

import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.spi.RuntimeProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A rank: the entry to everything.
 *
 * <p>Inside a verticle of {@link MpiJob#deploy}, {@link #init(Vertx)} gives that verticle's rank. In a JVM that
 * {@code vertx-mpi run} started, it gives the rank of the JVM. Anywhere else it gives a world of one, which can open
 * ports, publish names and connect.
 */
public interface Mpi {

  /**
   * The rank of the caller.
   *
   * @param vertx where it runs
   * @return settles when every rank of the job is known; fails with {@link ErrorClass#TIMEOUT}, naming the ranks that
   *     have not come
   */
  @MpiProcedure({"MPI_Init", "MPI_Init_thread"})
  static Future<Mpi> init(Vertx vertx) {
    return init(vertx, new MpiOptions());
  }

  /**
   * The rank of the caller, with options.
   *
   * @param vertx where it runs
   * @param options links, deadlines, name servers; copied
   * @return as {@link #init(Vertx)}
   */
  static Future<Mpi> init(Vertx vertx, MpiOptions options) {
    return RuntimeProvider.get().init(vertx, options);
  }

  /**
   * Builds a {@code Vertx} whose loops poll, clustered where {@link MpiOptions#isClustered} asks for that, and the rank
   * on it. Closing the rank closes the {@code Vertx}.
   *
   * @param options links, deadlines, name servers; copied
   * @return as {@link #init(Vertx)}
   */
  static Future<Mpi> launch(MpiOptions options) {
    return RuntimeProvider.get().launch(options);
  }

  /**
   * All ranks of this job.
   *
   * @return {@code MPI_COMM_WORLD}
   */
  Intracommunicator world();

  /**
   * This rank alone.
   *
   * @return {@code MPI_COMM_SELF}
   */
  Intracommunicator self();

  /**
   * The rank in {@link #world()}.
   *
   * @return 0 to size() - 1
   */
  default int rank() {
    return world().rank();
  }

  /**
   * The number of ranks in {@link #world()}.
   *
   * @return at least 1
   */
  default int size() {
    return world().size();
  }

  /**
   * Who this is, across jobs.
   *
   * @return job, rank and incarnation
   */
  ProcessId processId();

  /**
   * The job that spawned this one, if one did.
   *
   * @return the connection to it, the same object each time; empty once that was disconnected or freed
   */
  @MpiProcedure("MPI_Comm_get_parent")
  Optional<Intercommunicator> parent();

  /**
   * Which of the programs of its job this rank runs: {@code MPI_APPNUM}.
   *
   * @return counted from 0; empty where nobody has said so
   */
  OptionalInt appNumber();

  /**
   * How many ranks there may usefully be, those of this job included: {@code MPI_UNIVERSE_SIZE}.
   *
   * @return what the variable {@code VERTX_MPI_UNIVERSE_SIZE} says, which spawned jobs inherit; else empty
   */
  OptionalInt universeSize();

  /**
   * The Vert.x instance.
   *
   * @return as given to {@link #init(Vertx)}, or built by {@link #launch}
   */
  Vertx vertx();

  /**
   * Codecs of the easy forms for types of your own. The same types must be registered at every rank that receives them.
   *
   * @return those of this rank
   */
  Codecs codecs();

  /**
   * What this rank has moved so far, by link.
   *
   * @return a snapshot
   */
  Traffic traffic();

  /**
   * What the event loop on which this rank progresses has done so far: whether it spins or sleeps, and what that is
   * good for.
   *
   * @return a snapshot
   */
  ProgressCounters progress();

  /**
   * Opens a port.
   *
   * @param options address and number, where they matter
   * @return the port; {@link ErrorClass#ARG} where the address is not one of this host or the number is taken
   */
  @MpiProcedure("MPI_Open_port")
  Future<Port> openPort(PortOptions options);

  /**
   * Closes a port that this rank opened. Waiting accepts and queued connects fail with {@link ErrorClass#PORT}.
   * Names that are still published for it are taken back first.
   *
   * @param port opened by this rank
   * @return {@link ErrorClass#PORT} where this rank has no such port open
   */
  @MpiProcedure("MPI_Close_port")
  Future<Void> closePort(Port port);

  /**
   * Joins this process with the one at the other end of a socket; both call it. The socket only serves to find each
   * other: the connection is made as by {@link Intracommunicator#connect} on {@link #self()}, with links of its own, so
   * each process must be able to reach the other. What goes over the socket holds the secret of the connection; where
   * others can read along, use a socket with TLS.
   *
   * <p>The socket must be quiet: nothing unread, nothing under way. From the call until the Future settles its handlers
   * for data, exceptions and close are those of the library. Then it has none, is paused, open (unless the other side
   * has closed it) and quiet again: set handlers, and call {@code resume()}.
   *
   * @param socket connected to a process that calls join, too
   * @param options deadline of the whole
   * @return an intercommunicator of two groups of one; {@link ErrorClass#INTERN} where this process is at both ends,
   *     {@link ErrorClass#TIMEOUT} where the other does not join in time, {@link ErrorClass#OTHER} where the socket is
   *     closed, or sends what is not a join or more than that, {@link ErrorClass#PORT} where the processes do not reach
   *     each other
   */
  @MpiProcedure("MPI_Comm_join")
  Future<Intercommunicator> join(NetSocket socket, ConnectOptions options);

  /**
   * Joins with the default deadline.
   *
   * @param socket connected to a process that calls join, too
   * @return as {@link #join(NetSocket, ConnectOptions)}
   */
  default Future<Intercommunicator> join(NetSocket socket) {
    return join(socket, new ConnectOptions());
  }

  /**
   * Publishes a port under a service name. The name vanishes when it is unpublished, or when this rank ends, by a
   * crash too.
   *
   * <p>Where name servers are cut off from each other, or this rank from them, for longer than they keep its names,
   * another process may publish the name meanwhile. When they see each other again, one of the two has lost. Its port
   * is closed as by {@link #closePort}: accepts at it, and connects to it, fail with {@link ErrorClass#PORT}, and so
   * does an acceptor that waits there. Connections that exist go on. To go on under the name, open another port.
   *
   * @param service 1 to 1024 characters
   * @param port opened by this rank
   * @param options scope and uniqueness
   * @return {@link ErrorClass#NAME} where the name is taken and {@link NameOptions#setUnique} was asked for;
   *     {@link ErrorClass#SERVICE} where the global scope was asked for and no name server is configured or reachable,
   *     or those that are do not see more than half of their number
   */
  @MpiProcedure("MPI_Publish_name")
  Future<Void> publish(String service, Port port, NameOptions options);

  /**
   * Takes a name back.
   *
   * @param service published by this rank
   * @param options the scope in which it was published
   * @return {@link ErrorClass#SERVICE} where it is not published; {@link ErrorClass#ACCESS} where another rank
   *     published it
   */
  @MpiProcedure("MPI_Unpublish_name")
  Future<Void> unpublish(String service, NameOptions options);

  /**
   * Finds the port of a service.
   *
   * @param service its name
   * @param options where to look and for how long
   * @return {@link ErrorClass#NAME} where nobody has published it
   */
  @MpiProcedure("MPI_Lookup_name")
  Future<Port> lookup(String service, LookupOptions options);

  /**
   * Finds the port of a service: first in the local, then in the global scope, without waiting.
   *
   * @param service its name
   * @return as {@link #lookup(String, LookupOptions)}
   */
  default Future<Port> lookup(String service) {
    return lookup(service, new LookupOptions());
  }

  /**
   * The names of a scope as they come and go: first those that are there, then every change. Begins when a handler is
   * set, whose context is that of this rank, and ends when the handler is taken away or this rank is closed. A reader
   * that falls behind by more than 1024 events misses what later events of the same name have overtaken.
   *
   * @param scope whose names
   * @return a stream for one handler; its exception handler gets {@link ErrorClass#SERVICE} where the scope cannot be
   *     reached, and then it has ended
   */
  ReadStream<NameEvent> names(Scope scope);

  /**
   * Looks at a set of processes that come and go, without joining it. Sets are those of the cluster of the
   * {@code Vertx}, or of this JVM where it is not clustered.
   *
   * @param uri a scheme, {@code ://} and a name, such as {@code svc://orders}; 1 to 1024 characters. The scheme
   *     {@code mpi} is for the sets that MPI itself names: see {@link #world()} and {@link #self()}
   * @return the set, once its members are known; the same for the same URI, until it is closed; {@link ErrorClass#ARG}
   *     for another URI, {@link ErrorClass#SERVICE} where the cluster does not answer or nobody keeps its sets
   */
  Future<ProcessSet> processSet(String uri);

  /**
   * Ends this rank: takes its names back, leaves its sets, closes its ports, tells its peers. What peers still
   * wait for from it fails at once with {@link ErrorClass#PROC_FAILED}. Call it after a barrier where that is not
   * wanted. Undeploying the verticle or closing the {@code Vertx} does the same.
   *
   * @return settles within the close deadline of the options
   */
  @MpiProcedure("MPI_Finalize")
  Future<Void> close();

  /**
   * Hears of the end of this rank, whoever brings it about.
   *
   * <p>A rank that was stopped or cut off for longer than its job waits ({@link MpiOptions#getFailureTimeout()}) is
   * declared dead, and stays so for the others even if it wakes up. Then it is told, and ends: everything under way at
   * it fails with {@link ErrorClass#PROC_FAILED}, and so does every later call. A JVM that {@code vertx-mpi run} has
   * started ends as well; any other goes on, without its rank.
   *
   * @return succeeds when the rank has been closed; fails with {@link ErrorClass#PROC_FAILED} when its job had declared
   *     it dead
   */
  Future<Void> ended();
}
