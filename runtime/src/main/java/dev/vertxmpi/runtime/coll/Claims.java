package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Root;
import java.nio.ByteBuffer;

/**
 * What a rank knows of a collective between two groups. Each knows a part of it; together they find out whether all
 * mean the same.
 *
 * <pre>
 *   root's group     self: "I, rank r"      none: "somebody else"
 *   other group      rank(r): "rank r"                              combined on both sides, then compared
 * </pre>
 *
 * @param operand root and shape, four bytes each
 */
record Claims(byte[] operand) implements Reducer.OfBytes {

  /** Says nothing. */
  private static final int NONE = -1;
  private static final int SEVERAL = -2;

  private static Claims of(int root, int shape) {
    return new Claims(ByteBuffer.allocate(2 * Integer.BYTES).putInt(root).putInt(shape).array());
  }

  /**
   * What a rank with these arguments knows.
   *
   * @param root null where the collective has none
   * @param self this rank
   * @param shape hash of the data that goes over; of no meaning at ranks that have none
   */
  static Claims of(Root root, int self, int shape) {
    return switch (root) {
      case null -> of(0, shape & Integer.MAX_VALUE);
      case Root.Rank(int rank) -> of(rank, shape & Integer.MAX_VALUE);
      case Root.Self ignored -> of(self, shape & Integer.MAX_VALUE);
      case Root.None ignored -> of(NONE, NONE);
    };
  }

  /** Without a word on the data. */
  static Claims of(Root root, int self) {
    return of(read(of(root, self, 0).own(), 0), NONE);
  }

  private static int read(Parcel parcel, int index) {
    byte[] bytes = ((Parcel.OfBytes) parcel).bytes();
    return bytes.length == 2 * Integer.BYTES ? ByteBuffer.wrap(bytes).getInt(index * Integer.BYTES) : SEVERAL;
  }

  @Override
  public Parcel combine(Parcel left, Parcel right) {
    return of(both(read(left, 0), read(right, 0)), both(read(left, 1), read(right, 1))).own();
  }

  private static int both(int a, int b) {
    if (a == NONE) {
      return b;
    }
    return b == NONE || a == b ? a : SEVERAL;
  }

  /** Fails where the two groups do not mean the same. */
  static void check(Parcel ours, Parcel theirs) {
    int root = read(ours, 0);
    if (root < 0 || root != read(theirs, 0)) {
      throw new MpiException(ErrorClass.ROOT, "one rank must pass Root.self(), the others of its group Root.none(), "
          + "and all of the other group its rank: here " + words(root) + " and " + words(read(theirs, 0)));
    }
    if (both(read(ours, 1), read(theirs, 1)) == SEVERAL) {
      throw new MpiException(ErrorClass.COLLECTIVE_MISMATCH, "ranks called with different signatures or lengths");
    }
  }

  private static String words(int root) {
    return switch (root) {
      case NONE -> "one group has no root";
      case SEVERAL -> "one group has several roots";
      default -> "one group means rank " + root;
    };
  }
}
