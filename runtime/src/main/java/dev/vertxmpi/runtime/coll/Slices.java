package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.datatype.Reduction;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/**
 * The slice of a long reduction that one rank combines.
 *
 * <pre>
 *   operand of rank 0   | slice 0 | slice 1 | slice 2 |
 *   operand of rank 1   | slice 0 | slice 1 | slice 2 |
 *   operand of rank 2   | slice 0 | slice 1 | slice 2 |
 *                                      |
 *                                      v  combined by rank 1, from top to bottom
 * </pre>
 */
final class Slices {

  private final SlicedReduction reduction;
  private final int rank;
  private final int size;
  /** What the ranks send of our slice; the last one becomes the result. */
  private final MemorySegment[] operands;
  private long position;

  Slices(SlicedReduction reduction, int rank, int size) {
    this.reduction = reduction;
    this.rank = rank;
    this.size = size;
    this.operands = new MemorySegment[size];
  }

  private long start(int slice) {
    long elements = reduction.bytes() / reduction.primitive().size();
    return (elements / size * slice + Math.min(slice, elements % size)) * reduction.primitive().size();
  }

  private long length(int slice) {
    return start(slice + 1) - start(slice);
  }

  /** Our operand of another rank's slice. */
  Cargo operand(int slice) {
    return reduction.operand().part(start(slice), length(slice));
  }

  /** Where another rank's operand of our slice goes. */
  Landing place(int from) {
    operands[from] = Staging.allocate(length(rank));
    return Landing.into(operands[from]);
  }

  /** Combines a part; true when nothing is left. */
  boolean combine() {
    if (operands[rank] == null) {
      operands[rank] = Staging.allocate(length(rank));
    }
    long bytes = Math.min(Math.max(Copying.TURN / size, 4096) & -Long.BYTES, length(rank) - position);
    if (bytes > 0) {
      operands[rank].asSlice(position, bytes).copyFrom(reduction.operand().piece(start(rank) + position, bytes));
      for (int next = 1; next < size; next++) {
        Reduction.combine(reduction.op(), reduction.primitive(), operands[next - 1].asSlice(position, bytes),
            operands[next].asSlice(position, bytes));
      }
      position += bytes;
    }
    return position == length(rank);
  }

  /** The combined slice. */
  Cargo result() {
    return Cargo.of(operands[size - 1], true);
  }

  /** Where a combined slice belongs. */
  Landing part(Landing into, int slice) {
    return into.part(start(slice), length(slice));
  }

  /** Puts our own slice there. */
  BooleanSupplier copyTo(Landing into) {
    Copying[] copying = new Copying[1];
    return () -> {
      if (copying[0] == null) {
        copying[0] = new Copying(result(), part(into, rank), 0, length(rank));
      }
      return copying[0].getAsBoolean();
    };
  }
}
