package dev.vertxmpi.spi.link;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;

/** Where frames of all links into a node arrive. Methods run on any thread, for one peer one after another. */
public interface FrameSink {

  /**
   * A frame has come. Must not block.
   *
   * @param from the node that sent it, authenticated
   * @param frame the receiver releases it
   */
  void onFrame(NodeAddress from, Frame frame);

  /**
   * A frame has come whose payload lies where the next one will be. Must not block.
   *
   * @param from the node that sent it, authenticated
   * @param envelope the header
   * @param memory holds the payload until this returns; must not be written
   * @param offset first byte of the payload
   * @param length bytes of the payload
   */
  default void onFrame(NodeAddress from, Envelope envelope, MemorySegment memory, long offset, int length) {
    onFrame(from, Frame.copyOf(envelope, memory, offset, length));
  }

  /**
   * A peer has said nothing for the failure timeout, on a link that cannot see its death otherwise. Whether it lives
   * is asked anew, over whatever link reaches it.
   *
   * @param from the node at the other end of the link
   * @return succeeds where the peer lives: the link waits once more; fails where it does not answer: the link ends. On
   *     any thread
   */
  default Future<Void> onSilent(NodeAddress from) {
    return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "nobody can ask it otherwise"));
  }

  /**
   * An incoming link is there: frames may come on it. Each is told of once, and its end once by {@link #onClosed}.
   *
   * @param from the node at the other end, authenticated
   */
  default void onOpened(NodeAddress from) {
  }

  /**
   * An incoming link has ended.
   *
   * @param from the node at the other end
   * @param cause null after an orderly close
   */
  void onClosed(NodeAddress from, Throwable cause);
}
