package dev.vertxmpi.runtime.link;

import dev.vertxmpi.runtime.vertx.Chunk;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import io.vertx.core.Handler;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cuts a stream of bytes into messages and frames.
 *
 * <pre>
 *   first, for the handshake           then
 *   +--------+-----------------+       +------------------+-----------------+
 *   | length | message ...     |  ...  | envelope         | payload ...     |  ...
 *   +--------+-----------------+       +------------------+-----------------+
 *    2 bytes   1 to 4096 bytes          80 bytes            0 to 256 KiB
 * </pre>
 *
 * <p>Never holds more than one of them, and allocates a payload only when its envelope is sound.
 */
public final class FrameParser implements Handler<Chunk> {

  private static final int LENGTH = 2;
  private static final byte[] NOTHING = new byte[0];

  private enum Part { MESSAGE_LENGTH, MESSAGE, ENVELOPE, PAYLOAD }

  private final Handler<byte[]> messages;
  private final Handler<Frame> frames;
  private final byte[] header = new byte[Envelope.LENGTH];
  private final MemorySegment headerSegment = MemorySegment.ofArray(header);
  private Part part = Part.MESSAGE_LENGTH;
  private byte[] target = header;
  private int wanted = LENGTH;
  private int filled;
  private Envelope envelope;
  private boolean stopped;

  /**
   * A parser at the begin of a handshake.
   *
   * @param messages gets those of the handshake
   * @param frames gets the frames behind it
   */
  public FrameParser(Handler<byte[]> messages, Handler<Frame> frames) {
    this.messages = messages;
    this.frames = frames;
  }

  /** The handshake is over: frames follow. To be called before anything came, or while the last message is handled. */
  public void framesFollow() {
    begin(Part.ENVELOPE, header, Envelope.LENGTH);
  }

  /** Ignores whatever comes from now on. */
  public void stop() {
    stopped = true;
  }

  /**
   * Takes bytes.
   *
   * @param bytes from the peer, not trusted
   * @throws IllegalArgumentException where they are no messages or frames
   */
  @Override
  public void handle(Chunk bytes) {
    while (!stopped && bytes.left() > 0) {
      int step = Math.min(bytes.left(), wanted - filled);
      bytes.read(target, filled, step);
      filled += step;
      if (filled == wanted) {
        complete();
      }
    }
  }

  private void complete() {
    switch (part) {
      case MESSAGE_LENGTH -> {
        int length = Short.toUnsignedInt(ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getShort());
        if (length == 0 || length > Handshake.MOST) {
          throw new IllegalArgumentException("a message of " + length + " bytes in the handshake, but the limit is "
              + Handshake.MOST);
        }
        begin(Part.MESSAGE, new byte[length], length);
      }
      case MESSAGE -> {
        byte[] message = target;
        begin(Part.MESSAGE_LENGTH, header, LENGTH);
        messages.handle(message);
      }
      case ENVELOPE -> {
        envelope = Envelope.read(headerSegment);
        int length = Envelope.payloadLength(headerSegment);
        if (length > 0) {
          begin(Part.PAYLOAD, new byte[length], length);
        } else {
          deliver(NOTHING);
        }
      }
      case PAYLOAD -> deliver(target);
      default -> throw new IllegalStateException();
    }
  }

  private void deliver(byte[] payload) {
    begin(Part.ENVELOPE, header, Envelope.LENGTH);
    frames.handle(Frame.of(envelope, MemorySegment.ofArray(payload)));
  }

  private void begin(Part next, byte[] into, int length) {
    part = next;
    target = into;
    wanted = length;
    filled = 0;
  }
}
