package dev.vertxmpi.runtime.vertx;

import io.vertx.core.Context;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A connected socket, without a buffer between it and its user: what comes is read when the user asks for it, what is
 * written is taken as far as there is room.
 *
 * <pre>
 *   direct       epoll, no TLS: any thread reads and writes, one at a time each way; its loop only tells of events
 *   not direct   all others: its loop alone reads and writes
 * </pre>
 */
public abstract class Stream {

  private static final Runnable NOBODY = () -> { };

  private volatile Runnable listener = NOBODY;

  /** Nobody listens yet. */
  protected Stream() {
  }

  /**
   * Whether any thread may read and write.
   *
   * @return false where only its loop may
   */
  public abstract boolean isDirect();

  /**
   * Whether the caller is on its loop.
   *
   * @return true on the loop that tells of events
   */
  public abstract boolean isHere();

  /**
   * Reads what is there.
   *
   * @param to native memory
   * @param offset first byte
   * @param length most bytes
   * @return bytes; 0 where nothing is there, -1 at the end
   * @throws IOException where the connection is lost
   */
  public abstract int read(MemorySegment to, long offset, int length) throws IOException;

  /**
   * Writes two pieces, one behind the other, as far as there is room.
   *
   * @param first native memory
   * @param firstOffset first byte
   * @param firstLength bytes
   * @param second native memory
   * @param secondOffset first byte
   * @param secondLength bytes, may be none
   * @return bytes taken
   * @throws IOException where the connection is lost
   */
  public abstract int write(MemorySegment first, long firstOffset, int firstLength, MemorySegment second,
      long secondOffset, int secondLength) throws IOException;

  /**
   * Tells of events, on the loop: there may be something to read, or room to write again.
   *
   * @param action runs for each; also at once
   */
  public void onEvent(Runnable action) {
    listener = action;
    execute(action);
  }

  final void tell() {
    listener.run();
  }

  /**
   * Runs an action on its loop.
   *
   * @param action runs soon; not where the loop has ended
   */
  public abstract void execute(Runnable action);

  /**
   * Events come on another loop from now on. Only where it is direct.
   *
   * @param loop of the next events
   */
  public void moveTo(Context loop) {
    throw new UnsupportedOperationException("a stream with a channel stays on its loop");
  }

  /**
   * Whether to tell of events. Only where it is direct.
   *
   * @param told false where somebody looks without being told
   */
  public void watch(boolean told) {
    throw new UnsupportedOperationException("a stream with a channel tells of all events");
  }

  /** Closes the socket. Nobody may be reading or writing, or do it later. */
  public abstract void close();
}
