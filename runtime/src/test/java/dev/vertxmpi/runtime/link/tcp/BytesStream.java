package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.vertx.Stream;
import java.lang.foreign.MemorySegment;

/** Bytes that come in pieces, then the end. */
final class BytesStream extends Stream {

  private final byte[] bytes;
  private final int piece;
  private int at;
  private int reads;

  BytesStream(byte[] bytes, int piece) {
    this.bytes = bytes;
    this.piece = piece;
  }

  int reads() {
    return reads;
  }

  @Override
  public boolean isDirect() {
    return false;
  }

  @Override
  public boolean isHere() {
    return true;
  }

  @Override
  public int read(MemorySegment to, long offset, int length) {
    reads++;
    int step = Math.min(Math.min(length, piece), bytes.length - at);
    if (step == 0) {
      return at == bytes.length ? -1 : 0;
    }
    MemorySegment.copy(MemorySegment.ofArray(bytes), at, to, offset, step);
    at += step;
    return step;
  }

  @Override
  public int write(MemorySegment first, long firstOffset, int firstLength, MemorySegment second, long secondOffset,
      int secondLength) {
    return firstLength + secondLength;
  }

  @Override
  public void execute(Runnable action) {
    action.run();
  }

  @Override
  public void close() {
    at = bytes.length;
  }
}
