package dev.vertxmpi.rma;

import dev.vertxmpi.datatype.Datatype;
import java.util.Optional;

/**
 * A place in a target's window.
 *
 * @param displacement in units of the target's displacement unit
 * @param shape count and datatype there; empty for those of the origin
 */
public record Region(long displacement, Optional<Shape> shape) {

  /**
   * A number of elements of a datatype.
   *
   * @param count number of elements
   * @param datatype of one element
   */
  public record Shape(long count, Datatype datatype) {
  }

  /**
   * A place with the count and datatype of the origin.
   *
   * @param displacement in units of the target's displacement unit
   * @return the region
   */
  public static Region at(long displacement) {
    return new Region(displacement, Optional.empty());
  }

  /**
   * A place with a count and datatype of its own.
   *
   * @param displacement in units of the target's displacement unit
   * @param count number of elements
   * @param datatype same signature as the origin's data
   * @return the region
   */
  public static Region at(long displacement, long count, Datatype datatype) {
    return new Region(displacement, Optional.of(new Shape(count, datatype)));
  }
}
