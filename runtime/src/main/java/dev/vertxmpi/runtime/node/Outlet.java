package dev.vertxmpi.runtime.node;

import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;

/** The way to one node, for whoever sends often: saves the search. It is of no use any more once its link has died. */
public interface Outlet {

  /**
   * Sends a short frame at once, in the order of all sends.
   *
   * @param envelope the header
   * @param memory holds the payload, which is free again when this returns
   * @param offset of the first byte
   * @param length bytes of the payload
   * @return false where nothing was sent: {@link Node#send} takes the frame then
   */
  boolean trySend(Envelope envelope, MemorySegment memory, long offset, int length);

  /**
   * Into frames of how many bytes long data is best cut.
   *
   * @return as the link says
   */
  int frameBytes();

  /**
   * Whether the node can map memory that this one shares.
   *
   * @return false while there is no link
   */
  boolean sharesMemory();
}
