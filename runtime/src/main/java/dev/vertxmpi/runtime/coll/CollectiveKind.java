package dev.vertxmpi.runtime.coll;

/** Which collective it is. The order is that of the wire. */
public enum CollectiveKind {
  /** Nobody passes before all have come. */
  BARRIER("MPI_Barrier"),
  /** From the root to all. */
  BCAST("MPI_Bcast"),
  /** All combined, for the root. */
  REDUCE("MPI_Reduce"),
  /** All combined, for all. */
  ALLREDUCE("MPI_Allreduce"),
  /** All collected, for the root. */
  GATHER("MPI_Gather"),
  /** All collected, for all. */
  ALLGATHER("MPI_Allgather"),
  /** A communicator like this one. */
  DUP("MPI_Comm_dup"),
  /** The end of a communicator. */
  FREE("MPI_Comm_free"),
  /** The end of a connection. */
  DISCONNECT("MPI_Comm_disconnect");

  private static final CollectiveKind[] VALUES = values();

  private final String procedure;

  CollectiveKind(String procedure) {
    this.procedure = procedure;
  }

  /**
   * The name of the blocking form in MPI.
   *
   * @return such as {@code MPI_Bcast}
   */
  public String procedure() {
    return procedure;
  }

  static String name(int code) {
    return code < VALUES.length ? VALUES[code].procedure : "an unknown collective";
  }
}
