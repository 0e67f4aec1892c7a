package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.List;

/**
 * What a {@link Meeting} finds: all went well, or which rank failed first and how.
 *
 * <pre>
 *   on the wire   0: all went well
 *                 | class + 1, upper 32 bits | rank, lower 32 bits |
 * </pre>
 *
 * @param cause null where all went well
 * @param rank that failed
 */
record Verdict(ErrorClass cause, int rank) {

  static final Verdict GOOD = new Verdict(null, 0);

  private static final ErrorClass[] CLASSES = ErrorClass.values();

  /** The verdict of a rank on itself. */
  static Verdict of(MpiException failure, int rank) {
    return failure == null ? GOOD : new Verdict(failure.errorClass(), rank);
  }

  boolean isGood() {
    return cause == null;
  }

  /** Both verdicts in one, alike at every rank: of two failures that of the lower rank. */
  Verdict and(Verdict other) {
    if (isGood() || other.isGood()) {
      return isGood() ? other : this;
    }
    int order = rank != other.rank ? Integer.compare(rank, other.rank) : cause.compareTo(other.cause);
    return order <= 0 ? this : other;
  }

  long encode() {
    return cause == null ? 0 : (cause.ordinal() + 1L) << 32 | rank;
  }

  /**
   * Reads a verdict that came from a peer.
   *
   * @param bits from the wire
   * @param size of the group
   * @throws IllegalArgumentException for an unknown class or a rank outside the group
   */
  static Verdict decode(long bits, int size) {
    if (bits == 0) {
      return GOOD;
    }
    long number = (bits >>> 32) - 1;
    long rank = bits & 0xffff_ffffL;
    if (number < 0 || number >= CLASSES.length || rank >= size) {
      throw new IllegalArgumentException("a verdict of class " + number + " on rank " + rank);
    }
    return new Verdict(CLASSES[(int) number], (int) rank);
  }

  MpiException toException() {
    String reason = switch (cause) {
      case PROC_FAILED -> "rank " + rank + " could not take part, or reach a rank that is gone";
      case COLLECTIVE_MISMATCH -> "some ranks call MPI_Win_fence where others call MPI_Win_free, as rank " + rank
          + " has found";
      default -> "an operation or call of rank " + rank + " failed with " + cause.mpiName();
    };
    return new MpiException(cause, reason).ranks(List.of(rank));
  }
}
