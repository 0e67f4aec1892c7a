package dev.vertxmpi.fileio;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Moves whole ranges between a file and memory. Blocks. */
final class BlockIo {

  private BlockIo() {
  }

  /** Writes what lies between position and limit. */
  static void write(FileChannel channel, long offset, ByteBuffer from) throws IOException {
    long place = offset;
    while (from.hasRemaining()) {
      int written = channel.write(from, place);
      if (written < 0) {
        throw new EOFException("the file takes no more data");
      }
      place += written;
    }
  }

  /**
   * Reads up to the limit or the end of the file.
   *
   * @return how many bytes there were
   */
  static int read(FileChannel channel, long offset, ByteBuffer into) throws IOException {
    int start = into.position();
    while (into.hasRemaining()) {
      int read = channel.read(into, offset + (into.position() - start));
      if (read < 0) {
        break;
      }
    }
    return into.position() - start;
  }

  /**
   * Memory as the file system wants it.
   *
   * @param segment native, or over a byte array; shorter than 2 GiB
   */
  static ByteBuffer buffer(MemorySegment segment) {
    return segment.asByteBuffer();
  }
}
