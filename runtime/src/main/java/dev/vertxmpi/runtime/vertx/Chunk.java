package dev.vertxmpi.runtime.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** Bytes as they came from a socket, to be read once and from begin to end. */
public final class Chunk {

  private final ByteBuf bytes;

  private Chunk(ByteBuf bytes) {
    this.bytes = bytes;
  }

  /**
   * Bytes of an array.
   *
   * @param bytes not copied
   * @return all of them
   */
  public static Chunk of(byte[] bytes) {
    return new Chunk(Unpooled.wrappedBuffer(bytes));
  }

  /**
   * Hands the bytes of a socket on without the copy that its own handler gets.
   *
   * @param socket whose handler this becomes
   * @param handler must be done with a chunk when it returns
   */
  public static void read(NetSocket socket, Handler<Chunk> handler) {
    ((NetSocketInternal) socket).messageHandler(message -> {
      try {
        if (message instanceof ByteBuf bytes) {
          handler.handle(new Chunk(bytes));
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    });
  }

  /**
   * How much is left.
   *
   * @return bytes not yet read
   */
  public int left() {
    return bytes.readableBytes();
  }

  /**
   * Reads.
   *
   * @param to where the bytes go
   * @param offset in it
   * @param length at most what is left
   */
  public void read(byte[] to, int offset, int length) {
    bytes.readBytes(to, offset, length);
  }
}
