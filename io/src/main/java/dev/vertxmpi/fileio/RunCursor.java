package dev.vertxmpi.fileio;

import dev.vertxmpi.datatype.ByteRuns;
import dev.vertxmpi.io.FileView;
import java.util.Arrays;

/**
 * Walks over the places in the file of a part of a view, in the order of the view.
 *
 * <pre>
 *   view    |aaaaabbbbbbcc|      file   ..aaaaa....bbbbbb..cc...
 *                ^ position                 ^ offset
 *                 length                     length of what is left of run a
 * </pre>
 *
 * <p>Finds runs a few at a time, so its memory does not grow with the part.
 */
final class RunCursor {

  /** Bytes of the view to look at in one go: so many runs at the most. */
  private static final long STEP = 64 << 10;

  /** Neighbours are not joined to longer runs than this: nothing would be gained. */
  private static final long LONG_ENOUGH = 16 << 20;

  private final FileView view;
  private final long end;
  /** What was looked at so far. */
  private long found;
  private long[] offsets = new long[16];
  private long[] lengths = new long[16];
  private int count;
  private int index;
  private long position;

  /**
   * A cursor at the beginning of a part.
   *
   * @param view places are relative to its displacement
   * @param from first byte, counted without the gaps of the view
   * @param end behind the last byte
   */
  RunCursor(FileView view, long from, long end) {
    this.view = view;
    this.found = from;
    this.position = from;
    this.end = end;
  }

  /** Whether there is a run left; finds it. The other methods may be used only then. */
  boolean hasRun() {
    if (index < count - 1 || (index < count && found == end)) {
      return true;
    }
    refill();
    return index < count;
  }

  /** Where what is left of the run begins in the file. */
  long offset() {
    return offsets[index];
  }

  /** How much is left of the run. */
  long length() {
    return lengths[index];
  }

  /** Where what is left of the run begins in the view, counted without its gaps. */
  long position() {
    return position;
  }

  /** Goes on within the run, or to the next one. */
  void consume(long bytes) {
    position += bytes;
    if (bytes == lengths[index]) {
      index++;
    } else {
      offsets[index] += bytes;
      lengths[index] -= bytes;
    }
  }

  /** Keeps the last run, since the next one may touch it. */
  private void refill() {
    if (index < count) {
      offsets[0] = offsets[index];
      lengths[0] = lengths[index];
      count = 1;
    } else {
      count = 0;
    }
    index = 0;
    while (found < end && count < 2 && (count == 0 || lengths[0] < LONG_ENOUGH)) {
      long step = view.filetype().isContiguous() ? end - found : Math.min(STEP, end - found);
      ByteRuns.forEach(view.filetype(), view.displacement(), found, step, (offset, packed, length) ->
          add(offset, length));
      found += step;
    }
  }

  private void add(long offset, long length) {
    if (count > 0 && offsets[count - 1] + lengths[count - 1] == offset) {
      lengths[count - 1] += length;
      return;
    }
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    offsets[count] = offset;
    lengths[count] = length;
    count++;
  }
}
