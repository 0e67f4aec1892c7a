package dev.vertxmpi.spi.link;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.lang.foreign.MemorySegment;

/**
 * The one reliable, ordered, authenticated channel from one node to another; the way back is a link of its own.
 *
 * <h2>Contract</h2>
 * <ul>
 *   <li><b>Order.</b> Frames arrive in the order of {@link #send}, each exactly once, or the link dies.</li>
 *   <li><b>Credit.</b> {@link #send} always takes a frame. When {@link #writeQueueFull()} says true, senders of bulk
 *       wait for the {@link #drainHandler}; control frames do not (their reserve). What is queued is bounded by what
 *       senders do, never by what the receiver has posted: the receiving end always drains.</li>
 *   <li><b>Settling.</b> The Future of a send settles when the link has let go of the payload. It fails when the link
 *       dies first.</li>
 *   <li><b>Death is an event.</b> The {@link #closeHandler} runs once: with null after {@link #close()} at either end,
 *       with the cause otherwise. At the other end the {@link FrameSink} hears of it.</li>
 * </ul>
 * All methods are thread-safe; order is that of the calls.
 */
public interface Link {

  /**
   * The sort of link.
   *
   * @return such as {@code tcp}
   */
  String name();

  /**
   * The node at the other end.
   *
   * @return its address
   */
  NodeAddress peer();

  /**
   * Sends a frame.
   *
   * @param frame its payload stays untouched until the Future settles
   * @return settles when the link has let go of the payload, on any thread
   */
  Future<Void> send(Frame frame);

  /**
   * Sends a short frame at once, where the link can copy it away now and nothing waits before it. The order among all
   * frames is that of the calls, whichever way they went.
   *
   * @param envelope the header
   * @param memory holds the payload, which is free again when this returns
   * @param offset first byte of the payload
   * @param length bytes of the payload
   * @return false where nothing was sent: {@link #send} takes the frame then
   */
  default boolean trySend(Envelope envelope, MemorySegment memory, long offset, int length) {
    return false;
  }

  /**
   * Into frames of how many bytes long data is best cut: long enough for speed, short enough for others to have their
   * turn.
   *
   * @return at most {@link Envelope#MAX_PAYLOAD}
   */
  default int frameBytes() {
    return Envelope.MAX_PAYLOAD;
  }

  /**
   * Whether the peer can map memory that this node shares, see {@link LinkEndpoint#map}.
   *
   * @return true between processes of one host
   */
  default boolean sharesMemory() {
    return false;
  }

  /**
   * Whether bulk should wait.
   *
   * @return true until the drain handlers are called
   */
  boolean writeQueueFull();

  /**
   * Calls a handler once when the queue is no longer full; at once where it is not.
   *
   * @param handler runs on any thread; also when the link dies
   */
  void drainHandler(Handler<Void> handler);

  /**
   * Sets what to do when the link is gone.
   *
   * @param handler gets null after an orderly close, else the cause; called at once where the link is gone already
   */
  void closeHandler(Handler<Throwable> handler);

  /**
   * Closes in order: frames sent before arrive first.
   *
   * @return settles when nothing is left open
   */
  Future<Void> close();

  /**
   * Frames sent so far.
   *
   * @return a count
   */
  long framesSent();

  /**
   * Bytes sent so far, headers included.
   *
   * @return a count
   */
  long bytesSent();

  /**
   * How often the receiver had to be woken.
   *
   * @return a count; 0 for links that do not know
   */
  default long doorbellsRung() {
    return 0;
  }
}
