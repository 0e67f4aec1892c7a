package dev.vertxmpi.runtime.node;

import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import java.lang.foreign.MemorySegment;

/** What is bound to a context and rank at a node: the matcher of a communicator, the target of a window, a port. */
public interface Endpoint {

  /**
   * Where it takes frames.
   *
   * @return its domain
   */
  ProgressDomain domain();

  /**
   * A frame has come. Runs in the domain, in the order in which the peer sent.
   *
   * @param from the node that sent it, authenticated: check that the envelope's source lives there
   * @param frame to be released exactly once; over {@code local} its payload is the sender's own memory
   */
  void onFrame(NodeId from, Frame frame);

  /**
   * A frame has come whose payload lies where the next one will be. Runs in the domain, in the order in which the peer
   * sent.
   *
   * @param from the node that sent it, authenticated
   * @param envelope the header
   * @param memory holds the payload until this returns
   * @param offset of its first byte
   * @param length its bytes
   */
  default void onFrame(NodeId from, Envelope envelope, MemorySegment memory, long offset, int length) {
    onFrame(from, Frame.copyOf(envelope, memory, offset, length));
  }
}
