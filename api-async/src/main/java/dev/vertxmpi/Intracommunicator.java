package dev.vertxmpi;

import dev.vertxmpi.io.FileOptions;
import dev.vertxmpi.io.MpiFile;
import dev.vertxmpi.names.AcceptOptions;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import io.vertx.core.Future;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;
import java.util.List;

/** A communicator of one group: the only sort on which windows, files and connections are made. */
public interface Intracommunicator extends Communicator {

  @Override
  Intracommunicator with(CallOptions options);

  /**
   * A communicator of the same group with a context of its own: collective.
   *
   * @return the new communicator
   */
  @MpiProcedure({"MPI_Comm_dup", "MPI_Comm_idup"})
  Future<Intracommunicator> dup();

  /**
   * A communicator of some of the ranks: called by these alone, in any order, also while others have failed. Its
   * context is derived from this communicator's, the group and the tag, so nothing is sent; asking twice with the same
   * group and tag while the first is in use fails with {@link ErrorClass#ARG}.
   *
   * @param group members of this communicator, the caller among them
   * @param tag tells apart communicators of the same group
   * @return the new communicator; {@link ErrorClass#GROUP} where a member is not of this communicator
   */
  @MpiProcedure("MPI_Comm_create_group")
  Future<Intracommunicator> create(Group group, String tag);

  /**
   * Makes a window: collective. Sizes may differ between ranks and may be zero.
   *
   * @param options the memory of this rank and hints
   * @return the window; fails everywhere where it fails at one rank
   */
  @MpiProcedure({"MPI_Win_create", "MPI_Win_allocate"})
  Future<Window> window(WindowOptions options);

  /**
   * Opens a file: collective. The modes must be the same everywhere ({@link ErrorClass#NOT_SAME}).
   *
   * @param path the same file at every rank
   * @param options modes and hints
   * @return the file; fails everywhere where it fails at one rank
   */
  @MpiProcedure("MPI_File_open")
  Future<MpiFile> open(Path path, FileOptions options);

  /**
   * Accepts a connection on a port: collective. Waits until a client comes, the port is closed, this call is cancelled
   * or its deadline passes. Several accepts may wait on one port, and clients are served in the order in which they
   * came. An accept that ends early leaves its client to the next one.
   *
   * @param port opened by the root; ignored at other ranks, where it may be null
   * @param options deadline, significant at the root
   * @param root the rank that opened it
   * @return an intercommunicator whose remote group is the client; {@link ErrorClass#PORT} at every rank where the port
   *     is not open (any more), {@link ErrorClass#TIMEOUT} where no client comes in time
   */
  @MpiProcedure("MPI_Comm_accept")
  Future<Intercommunicator> accept(Port port, AcceptOptions options, Root root);

  /**
   * Accepts with no deadline but that of {@link #with}.
   *
   * @param port opened by the root; ignored at other ranks, where it may be null
   * @param root the rank that opened it
   * @return as {@link #accept(Port, AcceptOptions, Root)}
   */
  default Future<Intercommunicator> accept(Port port, Root root) {
    return accept(port, new AcceptOptions(), root);
  }

  /**
   * Accepts with root 0.
   *
   * @param port opened by rank 0
   * @return as {@link #accept(Port, AcceptOptions, Root)}
   */
  default Future<Intercommunicator> accept(Port port) {
    return accept(port, Root.rank(0));
  }

  /**
   * Accepts one client after another: collective, and so is what it does. Nothing is accepted before the stream has a
   * handler. The next accept begins when every rank wants one: a rank that pauses holds it up, and clients wait in the
   * queue of the port. The accepts are in nobody's way: collectives of this communicator go on in their own order.
   *
   * <p>The stream ends when the port is closed, this communicator ends, or the cancel scope of {@link #with} cancels
   * it at one rank; a deadline has no meaning here. It reports a failure, and then ends, where the port was never one
   * that the root has open ({@link ErrorClass#PORT}) or a rank of the group has died ({@link ErrorClass#PROC_FAILED}).
   * Clients that die or give up are none of its business. Connections that it has given out stay.
   *
   * @param port opened by the root; ignored at other ranks, where it may be null
   * @param root the rank that opened it
   * @return flows; its handlers run on the context of the caller
   */
  ReadStream<Intercommunicator> acceptor(Port port, Root root);

  /**
   * Accepts one client after another with root 0.
   *
   * @param port opened by rank 0
   * @return as {@link #acceptor(Port, Root)}
   */
  default ReadStream<Intercommunicator> acceptor(Port port) {
    return acceptor(port, Root.rank(0));
  }

  /**
   * Connects to a port: collective. A connect that fails or times out never consumes an accept.
   *
   * @param port where to; ignored at ranks other than the root, where it may be null
   * @param options deadline, significant at the root
   * @param root the rank whose port counts
   * @return an intercommunicator whose remote group is the server; {@link ErrorClass#PORT} at every rank where the
   *     port is unknown, closed or not served in time
   */
  @MpiProcedure("MPI_Comm_connect")
  Future<Intercommunicator> connect(Port port, ConnectOptions options, Root root);

  /**
   * Connects with root 0 and the default deadline.
   *
   * @param port where to
   * @return as {@link #connect(Port, ConnectOptions, Root)}
   */
  default Future<Intercommunicator> connect(Port port) {
    return connect(port, new ConnectOptions(), Root.rank(0));
  }

  /**
   * Starts ranks that are a job of their own, and connects to it: collective. In the children, {@link Mpi#parent()} is
   * the other end; they have it before {@link Mpi#init} settles there, and this call settles only then.
   *
   * <p>All are started, or the call fails at every rank and nothing is left of them. They inherit the local scope of
   * names.
   *
   * <p>While the two jobs are connected, a death fails what needs the dead, as everywhere; and child <em>processes</em>
   * end when the root's process dies, because nobody else may be there to end them. After
   * {@link Intercommunicator#disconnect()}, or when the root has closed its rank in order, they are on their own. The
   * death of a child never ends a parent. Child verticles live until they are undeployed or their {@code Vertx} is
   * closed, whatever becomes of the verticle that spawned them.
   *
   * @param program what to start; ignored at ranks other than the root, where it may be null; copied
   * @param root the rank that starts them, on its host
   * @return an intercommunicator whose remote group is the children's world; {@link ErrorClass#SPAWN} where a child
   *     cannot be started, ends before it has connected or does not connect within the init timeout:
   *     {@link MpiException#ranks()} are the numbers of those children in their world, as far as they are known
   */
  @MpiProcedure("MPI_Comm_spawn")
  Future<Intercommunicator> spawn(SpawnOptions program, Root root);

  /**
   * Starts ranks of several programs as one job: collective. Ranks count on from one program to the next;
   * {@link Mpi#appNumber()} tells a child the index of its program.
   *
   * @param programs what to start, all verticles or all processes; ignored at ranks other than the root, where it may
   *     be null; copied
   * @param root the rank that starts them
   * @return as {@link #spawn}
   */
  @MpiProcedure("MPI_Comm_spawn_multiple")
  Future<Intercommunicator> spawnMultiple(List<SpawnOptions> programs, Root root);
}
