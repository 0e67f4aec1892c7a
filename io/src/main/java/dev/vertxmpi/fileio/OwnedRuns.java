package dev.vertxmpi.fileio;

import dev.vertxmpi.io.FileView;

/** Walks over what one aggregator owns of a part of a view, in the order of the view. */
final class OwnedRuns {

  private final Stripes stripes;
  private final int owner;
  private final RunCursor cursor;

  OwnedRuns(FileView view, Stripes stripes, int owner, long from, long end) {
    this.stripes = stripes;
    this.owner = owner;
    this.cursor = new RunCursor(view, from, end);
  }

  /** Whether the owner has more; finds it. The other methods may be used only then. */
  boolean hasRun() {
    while (cursor.hasRun()) {
      long skip = stripes.distance(owner, cursor.offset());
      if (skip == 0) {
        return true;
      }
      cursor.consume(Math.min(skip, cursor.length()));
    }
    return false;
  }

  /** Local position of the run. */
  long local() {
    return stripes.local(cursor.offset());
  }

  /** Length of the run: it ends with the stripe, unless the owner has them all. */
  long length() {
    return stripes.count() == 1 ? cursor.length() : Math.min(cursor.length(), stripes.left(cursor.offset()));
  }

  /** Where the run lies in the view, counted without its gaps. */
  long position() {
    return cursor.position();
  }

  /** Goes on within the run, or to the next one. */
  void consume(long bytes) {
    cursor.consume(bytes);
  }
}
