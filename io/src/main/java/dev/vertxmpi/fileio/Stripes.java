package dev.vertxmpi.fileio;

/**
 * Which aggregator owns which byte of a file, fixed for as long as the file is open.
 *
 * <pre>
 *   file        |stripe 0 |stripe 1 |stripe 2 |stripe 3 |stripe 4 | ...      2 owners
 *   owner        0         1         0         1         0
 *   local
 *   position     0..u      0..u      u..2u     u..2u     2u..3u
 * </pre>
 *
 * <p>The local position counts the bytes of one owner; in it, what the owner has is one piece.
 *
 * @param unit length of a stripe in bytes
 * @param ranks the aggregators, by owner index
 */
record Stripes(long unit, int... ranks) {

  /** Longer stripes would make the arithmetic overflow, and no file is that long. */
  private static final long MAX_UNIT = 1L << 46;

  Stripes {
    unit = Math.min(unit, MAX_UNIT);
  }

  /** The number of owners. */
  int count() {
    return ranks.length;
  }

  /** The owner index of a byte. */
  int owner(long offset) {
    return (int) (offset / unit % count());
  }

  /** Where a byte lies among those of its owner. */
  long local(long offset) {
    return offset / unit / count() * unit + offset % unit;
  }

  /** Where a byte of an owner lies in the file. */
  long offset(int owner, long local) {
    return (local / unit * count() + owner) * unit + local % unit;
  }

  /** How many bytes there are up to the end of a stripe; the same for file offsets and local positions. */
  long left(long position) {
    return unit - position % unit;
  }

  /** How far it is to the next byte of an owner; 0 where the byte is the owner's. */
  long distance(int owner, long offset) {
    int steps = Math.floorMod(owner - owner(offset), count());
    return steps == 0 ? 0 : left(offset) + (steps - 1) * unit;
  }

  /** How many bytes of a run lie before the end of the file. */
  long available(int owner, long local, long length, long end) {
    return Math.clamp(end - offset(owner, local), 0, length);
  }
}
