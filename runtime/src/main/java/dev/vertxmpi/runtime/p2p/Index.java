package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.Communicator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Things in order, found by source and tag without a search, and without objects of their own in the steady state.
 *
 * <pre>
 *   table ---> (source, tag)        first &lt;--> place &lt;--> place      each list in the order of adding
 *         |    (source, any tag)
 *         |    (any source, tag)
 *         '--> (any, any)
 * </pre>
 *
 * <p>Lists that are empty stay, until there are too many of them; places that are free are used again.
 *
 * @param <E> messages or receives
 */
final class Index<E> {

  private static final int FIRST_SIZE = 16;
  private static final int MOST_FREE = 256;

  /** The entries of one key, oldest first. */
  static final class Line<E> {
    private final long key;
    private Line<E> sameBucket;
    private Place<E> first;
    private Place<E> last;

    Line(long key) {
      this.key = key;
    }
  }

  private Line<E>[] table = newTable(FIRST_SIZE);
  private int lines;
  private int size;
  private long lastNumber;
  private Place<E> free;
  private int freeCount;

  @SuppressWarnings("unchecked")
  private static <E> Line<E>[] newTable(int length) {
    return (Line<E>[]) new Line<?>[length];
  }

  /** Adds an entry; the place takes it out again. */
  Place<E> add(int source, int tag, E entry) {
    Line<E> line = line(key(source, tag));
    Place<E> place = free;
    if (place == null) {
      place = new Place<>();
    } else {
      free = place.next;
      freeCount--;
    }
    place.entry = entry;
    place.number = ++lastNumber;
    place.line = line;
    place.next = null;
    place.previous = line.last;
    if (line.last == null) {
      line.first = place;
    } else {
      line.last.next = place;
    }
    line.last = place;
    size++;
    return place;
  }

  /** Takes an entry out. Its place must not be used again. */
  void remove(Place<E> place) {
    Line<E> line = place.line;
    if (place.previous == null) {
      line.first = place.next;
    } else {
      place.previous.next = place.next;
    }
    if (place.next == null) {
      line.last = place.previous;
    } else {
      place.next.previous = place.previous;
    }
    size--;
    place.entry = null;
    place.line = null;
    place.previous = null;
    place.next = null;
    if (freeCount < MOST_FREE) {
      place.next = free;
      free = place;
      freeCount++;
    }
  }

  /** The oldest under exactly this key, or null. */
  E firstEntry(int source, int tag) {
    Place<E> first = first(source, tag);
    return first == null ? null : first.entry;
  }

  /** The place of the oldest under exactly this key, or null. */
  Place<E> first(int source, int tag) {
    if (size == 0) {
      return null;
    }
    long key = key(source, tag);
    for (Line<E> line = table[bucket(key)]; line != null; line = line.sameBucket) {
      if (line.key == key) {
        return line.first;
      }
    }
    return null;
  }

  /** Adds under every key that can match. */
  List<Place<E>> addAll(int source, int tag, E entry) {
    return List.of(add(source, tag, entry), add(source, Communicator.ANY_TAG, entry),
        add(Communicator.ANY_SOURCE, tag, entry), add(Communicator.ANY_SOURCE, Communicator.ANY_TAG, entry));
  }

  /** Undoes {@link #addAll}. */
  void removeAll(List<Place<E>> places) {
    places.forEach(this::remove);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** All entries, in any order. */
  void forEach(Consumer<E> action) {
    for (Line<E> bucket : table) {
      for (Line<E> line = bucket; line != null; line = line.sameBucket) {
        for (Place<E> place = line.first; place != null; place = place.next) {
          action.accept(place.entry);
        }
      }
    }
  }

  private Line<E> line(long key) {
    int bucket = bucket(key);
    for (Line<E> line = table[bucket]; line != null; line = line.sameBucket) {
      if (line.key == key) {
        return line;
      }
    }
    if (lines >= table.length) {
      rehash();
      bucket = bucket(key);
    }
    Line<E> made = new Line<>(key);
    made.sameBucket = table[bucket];
    table[bucket] = made;
    lines++;
    return made;
  }

  /** Drops empty lines; grows where that was not enough. */
  private void rehash() {
    int used = 0;
    for (Line<E> bucket : table) {
      for (Line<E> line = bucket; line != null; line = line.sameBucket) {
        used += line.first == null ? 0 : 1;
      }
    }
    Line<E>[] before = table;
    table = newTable(used > table.length / 2 ? 2 * table.length : table.length);
    lines = used;
    for (Line<E> bucket : before) {
      Line<E> line = bucket;
      while (line != null) {
        Line<E> following = line.sameBucket;
        if (line.first != null) {
          int to = bucket(line.key);
          line.sameBucket = table[to];
          table[to] = line;
        }
        line = following;
      }
    }
  }

  private int bucket(long key) {
    long mixed = key * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> 32) & table.length - 1;
  }

  private static long key(int source, int tag) {
    return (long) source << 32 | (tag & 0xffffffffL);
  }
}
