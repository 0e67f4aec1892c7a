package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.p2p.Landing;

/** Whether what a rank sends is what another expects. */
final class Misfit {

  private Misfit() {
  }

  /**
   * Refuses data that does not fit.
   *
   * @param landing where it would go
   * @param length of the data
   * @param type code of its primitive, 0 for none or several
   * @param shorter whether it may be shorter than the landing
   * @param sender in words
   */
  static void check(Landing landing, long length, int type, boolean shorter, String sender) {
    if (length > landing.capacity() || (length < landing.capacity() && !shorter)) {
      throw new MpiException(ErrorClass.TRUNCATE, sender + " sends " + length + " bytes, but there is room for "
          + (shorter ? "at most " : "exactly ") + landing.capacity());
    }
    if (length > 0 && type != 0 && landing.type() != 0 && type != landing.type()) {
      throw new MpiException(ErrorClass.TYPE, sender + " sends other primitives than the buffer here has");
    }
  }
}
