package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.benchmarks.rank.BufferKind.Room;

/** The buffers of one rank: made anew only for another size, so that repetitions work on the same ones. */
final class Rooms implements AutoCloseable {

  private final BufferKind kind;
  private final Room small;
  private Room out;
  private Room in;
  private long size = -1;

  Rooms(BufferKind kind) {
    this.kind = kind;
    this.small = kind.allocate(Long.BYTES);
  }

  void resize(long wanted) {
    if (wanted != size) {
      release();
      out = kind.allocate(wanted);
      in = kind.allocate(wanted);
      Filling.fill(out.buffer().memory().segment());
      size = wanted;
    }
  }

  /** Eight bytes. */
  Room small() {
    return small;
  }

  /** Filled. */
  Room out() {
    return out;
  }

  /** Zero at first. */
  Room in() {
    return in;
  }

  private void release() {
    if (out != null) {
      out.close();
      in.close();
      out = null;
      in = null;
      size = -1;
    }
  }

  @Override
  public void close() {
    release();
    small.close();
  }
}
