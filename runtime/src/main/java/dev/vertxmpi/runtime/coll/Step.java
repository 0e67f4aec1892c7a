package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What a rank does in a round of a {@link Schedule}. */
sealed interface Step {

  /**
   * Sends.
   *
   * @param lane which group
   * @param peer a rank in it
   * @param cargo asked for when the round begins
   */
  record Send(Lane lane, int peer, Supplier<Cargo> cargo) implements Step {
  }

  /**
   * Receives. Messages of one rank are taken in the order of the steps.
   *
   * @param lane which group
   * @param peer a rank in it
   * @param landing asked for when the message is there; null to let it go by
   * @param shorter whether the message may be shorter than the landing
   */
  record Receive(Lane lane, int peer, Supplier<Landing> landing, boolean shorter) implements Step {
  }

  /**
   * Waits until all have come, by what they note on a board; by the rounds that {@code otherwise} adds where that
   * cannot be.
   *
   * @param roll who notes and looks
   * @param otherwise adds rounds that do the same
   */
  record Meet(RollCall roll, Runnable otherwise) implements Step {
  }

  /**
   * Computes or copies.
   *
   * @param turn does a part that does not take long; true when nothing is left
   */
  record Work(BooleanSupplier turn) implements Step {
  }
}
