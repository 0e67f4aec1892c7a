package dev.vertxmpi.runtime.vertx;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/** Buffers of Vert.x over memory that is not its own. */
public final class Wire {

  private Wire() {
  }

  /**
   * A header and a payload as one buffer, without a copy of the payload where that can be.
   *
   * @param header bytes before the payload
   * @param length how many of them count
   * @param payload stays untouched until the buffer is written
   * @return to be written once
   */
  public static Buffer join(byte[] header, int length, MemorySegment payload) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(
        Unpooled.wrappedBuffer(header, 0, length), Unpooled.wrappedBuffer(bytes(payload))));
  }

  /** Only native memory and byte arrays can be seen as a byte buffer. */
  private static ByteBuffer bytes(MemorySegment payload) {
    return payload.isNative() || payload.heapBase().orElse(null) instanceof byte[]
        ? payload.asByteBuffer()
        : ByteBuffer.wrap(payload.toArray(ValueLayout.JAVA_BYTE));
  }
}
