package dev.vertxmpi.datatype;

/** Collects the members of a new datatype: its layout and its bounds, by the rules of the MPI standard. */
final class TypeBuilder {

  private final LayoutBuilder layout = new LayoutBuilder();
  private final Bounds natural = new Bounds();
  /** Bounds of members that were resized: where there are any, they alone count. */
  private final Bounds marked = new Bounds();
  private int alignment = 1;

  /**
   * Adds blocks of a datatype.
   *
   * @param type the datatype, in blocks its extent apart
   * @param displacement of the first block in bytes
   * @param blockLength elements in a block
   * @param count number of blocks
   * @param stride from block to block in bytes
   */
  TypeBuilder add(Datatype type, long displacement, long blockLength, long count, long stride) {
    if (blockLength == 0 || count == 0) {
      return this;
    }
    Layout block = Layout.repeat(blockLength, type.extent(), type.layout());
    layout.add(Layout.repeat(count, stride, block).at(displacement));
    if (type.size() > 0 || type.isMarked()) {
      (type.isMarked() ? marked : natural).add(type, displacement, Math.multiplyExact(blockLength - 1, type.extent()),
          Math.multiplyExact(count - 1, stride));
    }
    alignment = Math.max(alignment, type.alignment());
    return this;
  }

  Datatype build() {
    return build(1);
  }

  /** Rounds the extent up so that the most demanding primitive is aligned in the next element too, as C does. */
  Datatype buildAligned() {
    return build(alignment);
  }

  private Datatype build(int multiple) {
    Bounds bounds = marked.isEmpty() ? natural : marked;
    long extent = Math.subtractExact(bounds.upper, bounds.lower);
    if (marked.isEmpty()) {
      extent = Math.addExact(extent, Math.floorMod(-extent, (long) multiple));
    }
    return new Datatype(layout.build(), bounds.lower, extent, !marked.isEmpty(), alignment);
  }

  /** The least and the greatest bound of all members. */
  private static final class Bounds {

    private long lower;
    private long upper;
    private boolean some;

    void add(Datatype type, long displacement, long withinBlock, long overBlocks) {
      long first = Math.addExact(displacement, type.lowerBound());
      long low = Math.addExact(first, Math.addExact(Math.min(0, withinBlock), Math.min(0, overBlocks)));
      long high = Math.addExact(Math.addExact(first, type.extent()),
          Math.addExact(Math.max(0, withinBlock), Math.max(0, overBlocks)));
      lower = some ? Math.min(lower, low) : low;
      upper = some ? Math.max(upper, high) : high;
      some = true;
    }

    boolean isEmpty() {
      return !some;
    }
  }
}
