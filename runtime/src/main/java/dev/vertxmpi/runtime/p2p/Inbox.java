package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;

/** Who decides what becomes of incoming messages. Called in the domain, in the order of arrival. */
public interface Inbox {

  /**
   * A message has come. It is delivered within this call, or kept until later.
   *
   * @param message its header, and its bytes or the announcement of them
   */
  void arrived(Incoming message);

  /**
   * A short message has come: takes it from where it lies, if somebody waits for it.
   *
   * @param source of the message
   * @param envelope its header, from the peer and not trusted
   * @param memory holds its bytes until this returns
   * @param offset of the first byte
   * @param length of the message
   * @return false where nobody does: {@link #arrived} follows
   */
  default boolean takesNow(int source, Envelope envelope, MemorySegment memory, long offset, int length) {
    return false;
  }

  /**
   * A message that was kept is no more: its sender withdrew it or died.
   *
   * @param message never delivered
   */
  void vanished(Incoming message);
}
