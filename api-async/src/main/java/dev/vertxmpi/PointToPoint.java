package dev.vertxmpi;

import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;

/**
 * Messages between two ranks.
 *
 * <p>Messages from one rank to another with the same communicator are matched in the order in which they were sent;
 * receives in the order in which they were posted. A message to a rank that has posted no receive costs that rank
 * bounded memory and never delays others.
 *
 * <p>The <em>easy</em> forms carry values: primitive arrays, boxed numbers, {@code String}, {@code byte[]},
 * {@code Buffer}, {@code JsonObject}, {@code JsonArray}, records of such, lists of such, and types registered with
 * {@link Mpi#codecs()}. The <em>exact</em> forms move a {@link MessageBuffer} without an intermediate object; the
 * datatypes at both ends need the same signature. Both forms cannot be mixed for one message.
 */
public interface PointToPoint {

  /**
   * Sends a value.
   *
   * @param <T> type of the value
   * @param value encoded at the call; the caller may change it afterwards
   * @param dest rank of the receiver, or {@link Communicator#PROC_NULL}
   * @param tag 0 to {@link Communicator#TAG_UB}
   * @return settles when the library has let go of the encoded value; fails with {@link ErrorClass#RANK},
   *     {@link ErrorClass#TAG}, {@link ErrorClass#TYPE} (no codec), {@link ErrorClass#PROC_FAILED}
   */
  <T> Future<Void> send(T value, int dest, int tag);

  /**
   * Sends a buffer.
   *
   * @param from belongs to the library until the Future settles
   * @param dest rank of the receiver, or {@link Communicator#PROC_NULL}
   * @param tag 0 to {@link Communicator#TAG_UB}
   * @param mode when the Future settles
   * @return see {@link SendMode}; fails with {@link ErrorClass#RANK}, {@link ErrorClass#TAG},
   *     {@link ErrorClass#BUFFER}, {@link ErrorClass#PROC_FAILED}
   */
  @MpiProcedure({"MPI_Send", "MPI_Isend", "MPI_Ssend", "MPI_Issend", "MPI_Bsend", "MPI_Ibsend", "MPI_Rsend",
      "MPI_Irsend"})
  Future<Void> send(MessageBuffer from, int dest, int tag, SendMode mode);

  /**
   * Sends a buffer in standard mode.
   *
   * @param from belongs to the library until the Future settles
   * @param dest rank of the receiver, or {@link Communicator#PROC_NULL}
   * @param tag 0 to {@link Communicator#TAG_UB}
   * @return as {@link #send(MessageBuffer, int, int, SendMode)}
   */
  default Future<Void> send(MessageBuffer from, int dest, int tag) {
    return send(from, dest, tag, SendMode.STANDARD);
  }

  /**
   * Receives a value.
   *
   * @param <T> type of the value
   * @param type what the sender sent; another type fails with {@link ErrorClass#TYPE}, and the message is consumed
   * @param source rank of the sender, {@link Communicator#ANY_SOURCE} or {@link Communicator#PROC_NULL}
   * @param tag 0 to {@link Communicator#TAG_UB}, or {@link Communicator#ANY_TAG}
   * @return the value and its status
   */
  <T> Future<Received<T>> recv(Class<T> type, int source, int tag);

  /**
   * Receives into a buffer.
   *
   * @param into belongs to the library until the Future settles; may be longer than the message
   * @param source rank of the sender, {@link Communicator#ANY_SOURCE} or {@link Communicator#PROC_NULL}
   * @param tag 0 to {@link Communicator#TAG_UB}, or {@link Communicator#ANY_TAG}
   * @return the status; fails with {@link ErrorClass#TRUNCATE} where the message is longer than the buffer (the buffer
   *     then holds its beginning), with {@link ErrorClass#TYPE} where the signatures differ
   */
  @MpiProcedure({"MPI_Recv", "MPI_Irecv"})
  Future<Status> recv(MessageBuffer into, int source, int tag);
}
