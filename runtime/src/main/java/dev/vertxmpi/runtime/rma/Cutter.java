package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.datatype.ByteRuns;
import dev.vertxmpi.spi.link.Envelope;

/** Cuts the data of an operation into parts whose layout and data fit into a frame. */
final class Cutter {

  /**
   * A part.
   *
   * @param position of its first byte in packed form
   * @param bytes of data
   * @param first byte in the window that the places of the layout count from
   * @param layout null for one block at {@code first}
   */
  record Cut(long position, int bytes, long first, PartLayout layout) {
  }

  /** No cut goes through a primitive. */
  private static final int GRAIN = 8;

  /** An irregular layout of this many bytes of data always fits into a frame, whatever its numbers. */
  private static final int ALWAYS_FITS = 4096;

  private final Place place;
  private final long total;
  private long position;
  private int step = Envelope.MAX_PAYLOAD;

  Cutter(Place place) {
    this.place = place;
    this.total = place.count() * place.datatype().size();
  }

  boolean isDone() {
    return position == total;
  }

  Cut next() {
    if (place.datatype().isContiguous()) {
      return take((int) Math.min(total - position, Envelope.MAX_PAYLOAD), place.base() + position, null);
    }
    while (true) {
      int bytes = (int) Math.min(total - position, step);
      PartLayout layout = new PartLayout();
      ByteRuns.forEach(place.datatype(), 0, position, bytes, (offset, packed, length) -> layout.add(offset, length));
      if (layout.isBlock()) {
        return take(bytes, place.base() + layout.start(), null);
      }
      if (layout.encodedLength() <= Envelope.MAX_PAYLOAD - bytes) {
        return take(bytes, place.base(), layout);
      }
      step = Math.max(ALWAYS_FITS, bytes / 2 / GRAIN * GRAIN);
    }
  }

  private Cut take(int bytes, long first, PartLayout layout) {
    Cut cut = new Cut(position, bytes, first, layout);
    position += bytes;
    return cut;
  }
}
