package dev.vertxmpi.runtime.link;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;

/** Frames between the ends of a link: kind 0, never seen above it. */
public final class Control {

  /** The kind of all of them. */
  public static final byte KIND = 0;

  /** Nothing more comes; the link closes in order. */
  public static final short END = 1;

  /** Are you there? */
  public static final short PING = 2;

  /** I am. */
  public static final short PONG = 3;

  /** Frames follow, where both ways share a connection. */
  public static final short OPEN = 4;

  /** The other side may send frames from now on. */
  public static final short OPENED = 5;

  /** Nothing more comes or is taken, either way. */
  public static final short CLOSE = 6;

  private static final ContextId NONE = new ContextId(0, 0);

  private Control() {
  }

  /**
   * A control frame.
   *
   * @param what one of the above
   * @return its envelope
   */
  public static Envelope of(short what) {
    return new Envelope(KIND, what, NONE, 0, 0, 0, 0, 0, 0, 0);
  }
}
