package dev.vertxmpi.spi.link;

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
   * An incoming link has ended.
   *
   * @param from the node at the other end
   * @param cause null after an orderly close
   */
  void onClosed(NodeAddress from, Throwable cause);
}
