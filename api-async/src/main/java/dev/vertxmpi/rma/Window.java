package dev.vertxmpi.rma;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiProcedure;
import dev.vertxmpi.Op;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.process.Group;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Function;

/**
 * Memory of each rank of a group that the others can read and write.
 *
 * <h2>Epochs</h2>
 * Operations are legal between two fences, or while the caller holds a lock on the target. Outside they fail with
 * {@link ErrorClass#RMA_SYNC}. They may be issued while the epoch is still opening; they go out when it is open.
 *
 * <h2>What a Future says</h2>
 * That of an operation is its <em>local</em> completion: the origin's buffer may be used again, and holds the result
 * for get and fetch. <em>Remote</em> completion is what fence, unlock and flush say; they fail when any operation of
 * the epoch failed.
 *
 * <h2>Who applies an accumulate</h2>
 * A pure function of primitive, alignment and kind of memory, never of path, size or origin: aligned elements of 4 and
 * 8 bytes by compare-and-swap, whoever applies them; all others by the target's owner alone. Atomic per element.
 * Accumulates of one origin to one target are applied in order.
 *
 * <h2>Progress</h2>
 * The target's side runs on a loop of the library: operations and locks go on while the owner's handlers compute or
 * block.
 */
public interface Window {

  /**
   * This window with other options for the calls made through the view.
   *
   * @param options copied
   * @return a view: same window, same order of calls
   */
  Window with(CallOptions options);

  /**
   * The memory of this rank.
   *
   * @return what {@link WindowOptions} gave or allocated; stays with the window
   */
  @MpiProcedure("MPI_Win_get_attr")
  Memory memory();

  /**
   * The ranks of the window.
   *
   * @return immutable
   */
  @MpiProcedure("MPI_Win_get_group")
  Group group();

  /**
   * The size of a rank's memory.
   *
   * @param rank 0 to size - 1
   * @return bytes
   */
  long size(int rank);

  /**
   * Opens and closes phases: collective. Settles when all operations that this rank issued since the last fence are
   * complete at their targets, and all operations to this rank are applied.
   *
   * @param asserts what the caller promises
   * @return fails when an operation of the phase failed; {@link ErrorClass#RMA_SYNC} while the caller holds a lock
   */
  @MpiProcedure("MPI_Win_fence")
  Future<Void> fence(Set<FenceAssert> asserts);

  /**
   * Opens and closes phases, without promises.
   *
   * @return as {@link #fence(Set)}
   */
  default Future<Void> fence() {
    return fence(Set.of());
  }

  /**
   * A phase between two fences: collective. The closing fence runs also where the body fails.
   *
   * @param <T> type of the result
   * @param body issues operations
   * @return the result of the body, when the phase is closed
   */
  <T> Future<T> fenced(Function<Window, Future<T>> body);

  /**
   * Locks the window of a target.
   *
   * @param target rank in the window's group
   * @param type shared or exclusive
   * @return settles when the lock is held; {@link ErrorClass#RMA_SYNC} where the caller holds it already
   */
  @MpiProcedure("MPI_Win_lock")
  Future<Void> lock(int target, LockType type);

  /**
   * Completes all operations on the target, remotely too, and gives the lock back.
   *
   * @param target rank in the window's group
   * @return fails when an operation of the epoch failed; the lock is given back all the same
   */
  @MpiProcedure("MPI_Win_unlock")
  Future<Void> unlock(int target);

  /**
   * Holds a lock while the body runs. The lock is given back also where the body fails.
   *
   * @param <T> type of the result
   * @param target rank in the window's group
   * @param type shared or exclusive
   * @param body issues operations
   * @return the result of the body, when the lock is given back
   */
  <T> Future<T> locked(int target, LockType type, Function<Window, Future<T>> body);

  /**
   * Completes all operations on the target so far, remotely too, within a lock.
   *
   * @param target rank in the window's group
   * @return fails when an operation since the last flush failed
   */
  @MpiProcedure("MPI_Win_flush")
  Future<Void> flush(int target);

  /**
   * Writes into a target's window.
   *
   * @param from belongs to the library until the Future settles
   * @param target rank, or {@link dev.vertxmpi.Communicator#PROC_NULL}
   * @param at where
   * @return local completion; {@link ErrorClass#RMA_RANGE} where the region leaves the window
   */
  @MpiProcedure({"MPI_Put", "MPI_Rput"})
  Future<Void> put(MessageBuffer from, int target, Region at);

  /**
   * Reads from a target's window.
   *
   * @param into belongs to the library until the Future settles
   * @param target rank, or {@link dev.vertxmpi.Communicator#PROC_NULL}
   * @param at where
   * @return settles when the data is there; {@link ErrorClass#RMA_RANGE} where the region leaves the window
   */
  @MpiProcedure({"MPI_Get", "MPI_Rget"})
  Future<Void> get(MessageBuffer into, int target, Region at);

  /**
   * Combines data into a target's window, atomically per element.
   *
   * @param from belongs to the library until the Future settles; all of one primitive
   * @param target rank, or {@link dev.vertxmpi.Communicator#PROC_NULL}
   * @param at where
   * @param op predefined; {@link Op#REPLACE} for an atomic put
   * @return local completion; {@link ErrorClass#TYPE} for a mixed datatype, {@link ErrorClass#OP} for an operation
   *     that the primitive has not
   */
  @MpiProcedure({"MPI_Accumulate", "MPI_Raccumulate"})
  Future<Void> accumulate(MessageBuffer from, int target, Region at, Op op);

  /**
   * Combines one element into a target's window and returns what was there, as one atomic step.
   *
   * @param <T> {@code Byte}, {@code Short}, {@code Integer}, {@code Long}, {@code Float} or {@code Double}
   * @param value the operand
   * @param target rank
   * @param displacement in units of the target's displacement unit
   * @param op predefined; {@link Op#NO_OP} for an atomic read
   * @return the value before
   */
  @MpiProcedure("MPI_Fetch_and_op")
  <T extends Number> Future<T> fetchAndOp(T value, int target, long displacement, Op op);

  /**
   * Frees the window: collective. Memory that {@link WindowOptions} allocated is freed with it.
   *
   * @return settles when no rank uses it any more; {@link ErrorClass#RMA_SYNC} inside an epoch
   */
  @MpiProcedure("MPI_Win_free")
  Future<Void> free();
}
