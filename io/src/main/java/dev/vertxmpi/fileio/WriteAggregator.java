package dev.vertxmpi.fileio;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Collects what clients write into a window, then writes what they covered and nothing else: gaps are neither written
 * nor read. What touches is written in one go, whoever sent it.
 */
final class WriteAggregator extends Aggregator {

  /** Which bytes of the window came from a client. */
  private final BitSet covered = new BitSet();

  WriteAggregator(FileState file, Exchange exchange, Wire wire, int owner) {
    super(file, exchange, wire, owner, false);
  }

  @Override
  long take(RunList list, MemorySegment reply) {
    MemorySegment data = list.data();
    long at = 0;
    while (list.advance()) {
      if (list.length() > data.byteSize() - at) {
        throw RunList.malformed("it has only " + data.byteSize() + " bytes of data");
      }
      int index = window().index(list.local());
      MemorySegment.copy(data, at, window().segment(), index, list.length());
      covered.set(index, index + (int) list.length());
      at += list.length();
    }
    return 0;
  }

  @Override
  void endWindow() throws IOException {
    try {
      ByteBuffer bytes = BlockIo.buffer(window().segment());
      for (int from = covered.nextSetBit(0); from >= 0;) {
        int to = covered.nextClearBit(from);
        write(bytes, from, to);
        from = covered.nextSetBit(to);
      }
    } catch (IOException e) {
      throw Errors.of(e, "write", file().path());
    } finally {
      covered.clear();
    }
  }

  private void write(ByteBuffer bytes, int from, int to) throws IOException {
    Stripes stripes = file().plan().stripes();
    int at = from;
    while (at < to) {
      long local = window().low() + at;
      int length = stripes.count() == 1 ? to - at : (int) Math.min(to - at, stripes.left(local));
      BlockIo.write(file().channel(), stripes.offset(owner(), local), bytes.limit(at + length).position(at));
      at += length;
    }
  }
}
