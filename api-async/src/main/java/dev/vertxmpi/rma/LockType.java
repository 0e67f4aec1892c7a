package dev.vertxmpi.rma;

/** How a lock on a window shares with others. */
public enum LockType {
  /** Together with other shared locks ({@code MPI_LOCK_SHARED}). */
  SHARED,
  /** Alone ({@code MPI_LOCK_EXCLUSIVE}). */
  EXCLUSIVE
}
