package dev.vertxmpi;

import dev.vertxmpi.memory.Blocks;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Operations that every rank of a communicator calls.
 *
 * <p>They are matched by the order of calls on the communicator, or by key ({@link Communicator#keyed}). Each frame
 * carries a fingerprint of the call: where ranks call different collectives, roots, operations or signatures, all fail
 * with {@link ErrorClass#COLLECTIVE_MISMATCH} and the message names both calls. A call that fails locally tells the
 * others; they fail with the same class. Where a participant dies, all fail with {@link ErrorClass#PROC_FAILED}.
 * For that, every collective synchronises: none completes anywhere before all ranks have called it.
 *
 * <p>On an intercommunicator, data of one group arrives at the other, as the MPI standard has it.
 * Values of the easy forms are those of {@link PointToPoint}. Reductions work element by element on primitive arrays
 * and on boxed numbers; with a user {@link Op} on any value. The order of operands is that of the ranks.
 */
public interface Collectives {

  /**
   * Waits until every rank has called it.
   *
   * @return settles not before the last rank has called
   */
  @MpiProcedure({"MPI_Barrier", "MPI_Ibarrier"})
  Future<Void> barrier();

  /**
   * Sends a value from the root to all.
   *
   * @param <T> type of the value
   * @param type its class
   * @param valueAtRoot the value; ignored at other ranks, where it may be null
   * @param root who sends
   * @return the root's value
   */
  <T> Future<T> bcast(Class<T> type, T valueAtRoot, Root root);

  /**
   * Sends a buffer from the root to all.
   *
   * @param buffer read at the root, written elsewhere; same signature everywhere
   * @param root who sends
   * @return settles when the buffer may be used again
   */
  @MpiProcedure({"MPI_Bcast", "MPI_Ibcast"})
  Future<Void> bcast(MessageBuffer buffer, Root root);

  /**
   * Combines a value of each rank at the root.
   *
   * @param <T> type of the value
   * @param value this rank's; arrays have the same length everywhere
   * @param op how to combine
   * @param root who gets the result
   * @return the result at the root, empty elsewhere
   */
  <T> Future<Optional<T>> reduce(T value, Op op, Root root);

  /**
   * Combines a buffer of each rank at the root.
   *
   * @param from this rank's operand
   * @param into written at the root; ignored elsewhere, where it may be {@link MessageBuffer#empty()}
   * @param op how to combine
   * @param root who gets the result
   * @return settles when both buffers may be used again
   */
  @MpiProcedure({"MPI_Reduce", "MPI_Ireduce"})
  Future<Void> reduce(MessageBuffer from, MessageBuffer into, Op op, Root root);

  /**
   * Combines a value of each rank, for all.
   *
   * @param <T> type of the value
   * @param value this rank's; arrays have the same length everywhere
   * @param op how to combine
   * @return the result, the same at every rank to the last bit
   */
  <T> Future<T> allreduce(T value, Op op);

  /**
   * Combines a buffer of each rank, for all.
   *
   * @param from this rank's operand
   * @param into the result
   * @param op how to combine
   * @return settles when both buffers may be used again
   */
  @MpiProcedure({"MPI_Allreduce", "MPI_Iallreduce"})
  Future<Void> allreduce(MessageBuffer from, MessageBuffer into, Op op);

  /**
   * Collects a value of each rank at the root.
   *
   * @param <T> type of the value
   * @param value this rank's; lengths may differ
   * @param root who collects
   * @return the values in the order of the ranks at the root, an empty list elsewhere
   */
  <T> Future<List<T>> gather(T value, Root root);

  /**
   * Collects a buffer of each rank at the root.
   *
   * @param from this rank's block
   * @param into one block for each rank; ignored elsewhere, where it may be {@link Blocks#none()}
   * @param root who collects
   * @return settles when the buffers may be used again; {@link ErrorClass#TRUNCATE} where a block is too short
   */
  @MpiProcedure({"MPI_Gather", "MPI_Igather", "MPI_Gatherv", "MPI_Igatherv"})
  Future<Void> gather(MessageBuffer from, Blocks into, Root root);

  /**
   * Collects a value of each rank, for all.
   *
   * @param <T> type of the value
   * @param value this rank's; lengths may differ
   * @return the values in the order of the ranks
   */
  <T> Future<List<T>> allgather(T value);

  /**
   * Collects a buffer of each rank, for all.
   *
   * @param from this rank's block
   * @param into one block for each rank
   * @return settles when the buffers may be used again; {@link ErrorClass#TRUNCATE} where a block is too short
   */
  @MpiProcedure({"MPI_Allgather", "MPI_Iallgather", "MPI_Allgatherv", "MPI_Iallgatherv"})
  Future<Void> allgather(MessageBuffer from, Blocks into);
}
