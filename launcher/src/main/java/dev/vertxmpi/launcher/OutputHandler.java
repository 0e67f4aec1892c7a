package dev.vertxmpi.launcher;

/** Takes what ranks print. */
@FunctionalInterface
public interface OutputHandler {

  /** Where a rank printed to. */
  enum Source {
    /** Standard output. */
    OUT,
    /** Standard error. */
    ERR
  }

  /**
   * A line of a rank. Lines of one rank and source come in order, from one thread; others come from other threads at
   * the same time. A handler that blocks stops the rank when its pipe is full.
   *
   * @param rank of the printer
   * @param source where it was printed to
   * @param line without its end; parts of lines beyond 64 KiB come as lines of their own
   */
  void line(int rank, Source source, String line);
}
