package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.Communicator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * Things in order, found by source and tag without a search.
 *
 * <pre>
 *   (source, tag)         first --> ... --> last     each list in the order of adding
 *   (source, any tag)
 *   (any source, tag)
 *   (any, any)
 * </pre>
 *
 * @param <E> messages or receives, compared by identity
 */
final class Index<E> {

  private final Map<Long, LinkedHashSet<E>> lists = new HashMap<>();

  void add(int source, int tag, E entry) {
    lists.computeIfAbsent(key(source, tag), none -> LinkedHashSet.newLinkedHashSet(1)).add(entry);
  }

  void remove(int source, int tag, E entry) {
    LinkedHashSet<E> list = lists.get(key(source, tag));
    if (list != null && list.remove(entry) && list.isEmpty()) {
      lists.remove(key(source, tag));
    }
  }

  /** The oldest under exactly this key, or null. */
  E first(int source, int tag) {
    LinkedHashSet<E> list = lists.get(key(source, tag));
    return list == null ? null : list.getFirst();
  }

  /** Adds under every key that can match. */
  void addAll(int source, int tag, E entry) {
    add(source, tag, entry);
    add(source, Communicator.ANY_TAG, entry);
    add(Communicator.ANY_SOURCE, tag, entry);
    add(Communicator.ANY_SOURCE, Communicator.ANY_TAG, entry);
  }

  /** Undoes {@link #addAll}. */
  void removeAll(int source, int tag, E entry) {
    remove(source, tag, entry);
    remove(source, Communicator.ANY_TAG, entry);
    remove(Communicator.ANY_SOURCE, tag, entry);
    remove(Communicator.ANY_SOURCE, Communicator.ANY_TAG, entry);
  }

  private static long key(int source, int tag) {
    return (long) source << 32 | (tag & 0xffffffffL);
  }
}
