package dev.vertxmpi.runtime.p2p;

/**
 * Where an entry stands in a list of an {@link Index}.
 *
 * @param <E> what is listed
 */
public final class Place<E> {

  E entry;
  Index.Line<E> line;
  Place<E> previous;
  Place<E> next;
  /** In the order of adding, over all lists. */
  long number;

  Place() {
  }
}
