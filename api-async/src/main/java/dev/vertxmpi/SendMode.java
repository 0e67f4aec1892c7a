package dev.vertxmpi;

/** When the Future of a send settles. */
public enum SendMode {
  /** When the library has let go of the buffer: copied, or taken by the receiver. */
  STANDARD,
  /** As {@link #STANDARD}, and not before a receive has matched ({@code MPI_Ssend}). */
  SYNCHRONOUS,
  /** The message is copied at the call; the Future settles as soon as the copy is made ({@code MPI_Bsend}). */
  BUFFERED,
  /** As {@link #STANDARD}; the caller promises that the receive is posted already ({@code MPI_Rsend}). */
  READY
}
