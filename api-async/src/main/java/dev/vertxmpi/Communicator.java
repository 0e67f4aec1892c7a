package dev.vertxmpi;

import dev.vertxmpi.process.Group;
import io.vertx.core.Future;

/**
 * A group of ranks that exchange messages apart from all other communicators.
 *
 * <p>There are two sorts: an {@link Intracommunicator} is one group; an {@link Intercommunicator} joins two, as
 * {@code accept} and {@code connect} make it. On both, ranks of messages are those of the group at the other end.
 *
 * <h2>What every operation promises</h2>
 * <ul>
 *   <li>Its Future settles: by success, cancel, close, failure of a participant, or its deadline.</li>
 *   <li>If call A happens-before call B on one communicator, A goes first.</li>
 *   <li>Results arrive on the context of the caller. Handlers run when the state of the library is consistent, never
 *       in the middle of matching, and never inside the call that they wait for.</li>
 *   <li>A buffer belongs to the library from the call until the Future settles.</li>
 *   <li>A broken rule fails the Future with an {@link MpiException}; only a null argument throws.</li>
 * </ul>
 *
 * <h2>What goes on while a handler blocks</h2>
 * Messages and collectives of a rank on an event loop progress on that loop. While a handler of that rank blocks it,
 * peers that need the rank wait; nothing fails for that reason alone and nothing is lost. Windows answer from a loop
 * of the library: get, put, accumulate and locks go on. Ranks on worker or virtual threads progress apart from their
 * handlers throughout.
 */
public interface Communicator extends PointToPoint, Collectives {

  /** As source of a receive: any rank. */
  int ANY_SOURCE = -1;

  /** As tag of a receive: any tag. */
  int ANY_TAG = -1;

  /** As source or destination: nobody. Such calls succeed at once and move nothing. */
  int PROC_NULL = -2;

  /** The largest tag. */
  int TAG_UB = Integer.MAX_VALUE;

  /**
   * The caller's rank in its own group.
   *
   * @return 0 to size() - 1
   */
  @MpiProcedure("MPI_Comm_rank")
  int rank();

  /**
   * The number of ranks in the caller's own group.
   *
   * @return at least 1
   */
  @MpiProcedure("MPI_Comm_size")
  int size();

  /**
   * The caller's own group.
   *
   * @return immutable
   */
  @MpiProcedure("MPI_Comm_group")
  Group group();

  /**
   * This communicator with other options for the calls made through the view.
   *
   * @param options copied
   * @return a view: same context, same order of calls
   */
  Communicator with(CallOptions options);

  /**
   * Collectives matched by key instead of by call order: ranks that pass equal keys meet, whatever else they do
   * meanwhile. This is the form for handlers of a service, which run in any order.
   *
   * <p>A key serves one collective at a time; it can be used again when that one has completed here. After a failure
   * that may not have reached every rank, such as a deadline, use another key.
   *
   * @param key at most 1024 characters
   * @return a view for collectives with that key
   */
  Collectives keyed(String key);

  /**
   * Frees the communicator: collective. Pending operations complete first; later calls fail with
   * {@link ErrorClass#COMM}.
   *
   * @return settles when no rank uses it any more; fails where a rank has not called within the deadline
   */
  @MpiProcedure("MPI_Comm_free")
  Future<Void> free();
}
