package dev.vertxmpi.spi.link;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What travels on a link: an envelope and at most {@link Envelope#MAX_PAYLOAD} bytes.
 *
 * <p><b>Who owns the payload.</b> On the way out the caller of {@link Link#send} must leave it alone until that Future
 * settles. On the way in the receiver may read it, not write it, until it calls {@link #release()}, exactly once: over
 * {@code local} it is the sender's own memory.
 *
 * @param envelope the header
 * @param payload possibly empty, never null
 * @param onRelease runs when the receiver has let go of the payload
 */
public record Frame(Envelope envelope, MemorySegment payload, Runnable onRelease) {

  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);
  private static final Runnable NO_ACTION = () -> { };

  /**
   * A frame without payload.
   *
   * @param envelope the header
   * @return the frame
   */
  public static Frame of(Envelope envelope) {
    return new Frame(envelope, NOTHING, NO_ACTION);
  }

  /**
   * A frame with payload.
   *
   * @param envelope the header
   * @param payload at most {@link Envelope#MAX_PAYLOAD} bytes
   * @return the frame
   */
  public static Frame of(Envelope envelope, MemorySegment payload) {
    if (payload.byteSize() > Envelope.MAX_PAYLOAD) {
      throw new IllegalArgumentException("payload of " + payload.byteSize() + " bytes, but the limit is "
          + Envelope.MAX_PAYLOAD);
    }
    return new Frame(envelope, payload, NO_ACTION);
  }

  /**
   * A frame with a copy of its payload.
   *
   * @param envelope the header
   * @param memory holds the payload
   * @param offset its first byte
   * @param length its bytes
   * @return the frame
   */
  public static Frame copyOf(Envelope envelope, MemorySegment memory, long offset, int length) {
    if (length == 0) {
      return of(envelope);
    }
    byte[] copy = new byte[length];
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, copy, 0, length);
    return of(envelope, MemorySegment.ofArray(copy));
  }

  /** The receiver has let go of the payload. */
  public void release() {
    onRelease.run();
  }
}
