package dev.vertxmpi;

import dev.vertxmpi.process.Group;
import io.vertx.core.Future;

/** A communicator of two groups. Messages and collectives go from one group to the other. */
public interface Intercommunicator extends Communicator {

  @Override
  Intercommunicator with(CallOptions options);

  /**
   * The number of ranks at the other end.
   *
   * @return at least 1
   */
  @MpiProcedure("MPI_Comm_remote_size")
  int remoteSize();

  /**
   * The group at the other end.
   *
   * @return immutable
   */
  @MpiProcedure("MPI_Comm_remote_group")
  Group remoteGroup();

  /**
   * Waits for pending communication and severs the connection: collective over both groups. Afterwards the two groups
   * are independent: the death of one does not concern the other.
   *
   * @return settles when both groups have called; fails, and severs all the same, where one has not within the
   *     deadline (30 s unless {@link #with} says otherwise)
   */
  @MpiProcedure("MPI_Comm_disconnect")
  Future<Void> disconnect();
}
