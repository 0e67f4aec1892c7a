package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.MpiException;

/** A receive that somebody posted. Called in the domain. */
public interface Receive {

  /**
   * Whom it waits for.
   *
   * @return a rank or {@link dev.vertxmpi.Communicator#ANY_SOURCE}
   */
  int source();

  /**
   * What it waits for.
   *
   * @return a tag or {@link dev.vertxmpi.Communicator#ANY_TAG}
   */
  int tag();

  /**
   * A message has matched: takes it, by {@link Incoming#deliver} or {@link Incoming#discard}.
   *
   * @param message the oldest that matches
   */
  void matched(Incoming message);

  /**
   * Nothing will ever match.
   *
   * @param why the sender is gone
   */
  void failed(MpiException why);
}
