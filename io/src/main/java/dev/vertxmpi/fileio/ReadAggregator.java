package dev.vertxmpi.fileio;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Reads what clients want of a window, block by block and each block once, and hands out the parts.
 *
 * <p>A block may hold bytes that nobody wants: reading those harms nobody, and one long read beats many short ones.
 */
final class ReadAggregator extends Aggregator {

  private static final int BLOCK = 64 << 10;

  /** Blocks of the window that are there. */
  private final BitSet present = new BitSet();
  private final BitSet wanted = new BitSet();
  /** File offset at which the file ends, as far as is known. */
  private long end = Long.MAX_VALUE;

  ReadAggregator(FileState file, Exchange exchange, Wire wire, int owner) {
    super(file, exchange, wire, owner, true);
  }

  @Override
  long take(RunList list, MemorySegment reply) throws IOException {
    load(list);
    long at = PieceLayout.DATA;
    list.rewind();
    while (list.advance()) {
      long there = file().plan().stripes().available(owner(), list.local(), list.length(), end);
      if (there > reply.byteSize() - at) {
        throw RunList.malformed("it wants more than fits into a reply");
      }
      MemorySegment.copy(window().segment(), window().index(list.local()), reply, at, there);
      at += there;
    }
    reply.set(PieceLayout.LONG, PieceLayout.END_OF_FILE, end);
    return at;
  }

  @Override
  void endWindow() {
    present.clear();
  }

  private void load(RunList list) throws IOException {
    wanted.clear();
    while (list.advance()) {
      int from = window().index(list.local());
      wanted.set(from / BLOCK, (int) ((from + list.length() - 1) / BLOCK) + 1);
    }
    wanted.andNot(present);
    try {
      for (int from = wanted.nextSetBit(0); from >= 0;) {
        int to = wanted.nextClearBit(from);
        read(from * BLOCK, (int) Math.min((long) to * BLOCK, window().length()));
        present.set(from, to);
        from = wanted.nextSetBit(to);
      }
    } catch (IOException e) {
      throw Errors.of(e, "read", file().path());
    }
  }

  private void read(int from, int to) throws IOException {
    Stripes stripes = file().plan().stripes();
    ByteBuffer bytes = BlockIo.buffer(window().segment());
    int at = from;
    while (at < to) {
      long local = window().low() + at;
      int length = stripes.count() == 1 ? to - at : (int) Math.min(to - at, stripes.left(local));
      long offset = stripes.offset(owner(), local);
      if (offset < end) {
        int read = BlockIo.read(file().channel(), offset, bytes.limit(at + length).position(at));
        end = read < length ? Math.min(end, offset + read) : end;
      }
      at += length;
    }
  }
}
