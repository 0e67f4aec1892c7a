package dev.vertxmpi;

/**
 * The root of a rooted collective, seen from the caller.
 *
 * <p>On an intracommunicator every rank passes {@link #rank(int)}. On an intercommunicator the root itself passes
 * {@link #self()}, the other ranks of its group {@link #none()}, and the remote group the root's {@link #rank(int)}
 * there ({@code MPI_ROOT} and {@code MPI_PROC_NULL} in C).
 */
public sealed interface Root {

  /**
   * A rank of the group (of the remote group, on an intercommunicator).
   *
   * @param rank its number, checked by the call that uses it
   * @return the root
   */
  static Root rank(int rank) {
    return new Rank(rank);
  }

  /**
   * The caller is the root, on an intercommunicator.
   *
   * @return {@code MPI_ROOT}
   */
  static Root self() {
    return Self.SELF;
  }

  /**
   * The root is another rank of the caller's own group, on an intercommunicator.
   *
   * @return {@code MPI_PROC_NULL}
   */
  static Root none() {
    return None.NONE;
  }

  /**
   * A root by number.
   *
   * @param rank its number
   */
  record Rank(int rank) implements Root {
  }

  /** The caller. */
  enum Self implements Root {
    /** The one value. */
    SELF
  }

  /** Somebody else in the caller's group. */
  enum None implements Root {
    /** The one value. */
    NONE
  }
}
