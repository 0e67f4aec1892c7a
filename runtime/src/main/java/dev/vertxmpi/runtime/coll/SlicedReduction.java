package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * A reduction of packed elements by a predefined operation: whole where it is short, in slices where it is long.
 *
 * @param op predefined, applies to the primitive
 * @param primitive of the elements
 * @param operand of this rank
 */
record SlicedReduction(Op op, Primitive primitive, Cargo operand) {

  long bytes() {
    return operand.length();
  }

  /** The short form works on a copy of its own. */
  private Reducer whole() {
    return new Reducer.Packed(op, primitive, Staging.copy(operand.piece(0, operand.length())));
  }

  private static Consumer<Parcel> landing(Landing into) {
    return parcel -> {
      MemorySegment result = ((Reducer.Packed.Piece) parcel).bytes();
      into.write(0, result);
    };
  }

  /** For the root. Elsewhere the landing is not used. */
  Schedule reduce(Plans plans, int root, Landing into) {
    return Algorithms.isSliced(plans.size(), bytes())
        ? plans.sliced(this, rank -> rank == root, into)
        : plans.reduce(root, whole(), landing(into));
  }

  /** For all. */
  Schedule allreduce(Plans plans, Landing into) {
    return Algorithms.isSliced(plans.size(), bytes())
        ? plans.sliced(this, rank -> true, into)
        : plans.allreduce(whole(), bytes(), landing(into));
  }
}
