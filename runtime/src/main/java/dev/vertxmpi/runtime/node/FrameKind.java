package dev.vertxmpi.runtime.node;

/**
 * The codes of {@link dev.vertxmpi.spi.link.Envelope#kind()}, in one place so that none is used twice. The meaning of
 * an envelope's fields for each kind is with its owner.
 */
public final class FrameKind {

  /** A process says goodbye; no context. */
  public static final byte GOODBYE = 1;

  /** First code of point-to-point messages: {@code runtime.p2p}. */
  public static final byte P2P = 16;

  /** First code of collectives: {@code runtime.coll}. */
  public static final byte COLLECTIVE = 32;

  /** First code of windows: {@code runtime.rma}. */
  public static final byte RMA = 48;

  /** First code of ports and connections: {@code runtime.port}. */
  public static final byte PORT = 80;

  /** First code of process sets: {@code runtime.sets}. */
  public static final byte SET = 96;

  private FrameKind() {
  }
}
