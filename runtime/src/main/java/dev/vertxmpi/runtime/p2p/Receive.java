package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;

/** A receive that somebody posted. Called in the domain. */
public interface Receive {

  /**
   * Where it is posted.
   *
   * @return as set last
   */
  Place<Receive> place();

  /**
   * The matcher remembers where it is posted.
   *
   * @param place null where it is not
   */
  void place(Place<Receive> place);

  /**
   * A short message has matched: takes it from where it lies.
   *
   * @param source of the message
   * @param envelope its header, from the peer and not trusted
   * @param memory holds its bytes until this returns
   * @param offset of the first byte
   * @param length of the message
   */
  void matched(int source, Envelope envelope, MemorySegment memory, long offset, int length);

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
