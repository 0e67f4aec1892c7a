package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import dev.vertxmpi.MpiException;
import java.util.Optional;

/** Where names are kept. All methods may block; each is called on a virtual thread. */
interface NameBackend {

  /**
   * The map, connecting first where that is needed.
   *
   * @return names to values; an {@link MpiException} of class {@code SERVICE} where it cannot be reached
   */
  IMap<String, Object> map();

  /**
   * Who this process is among the holders. Entries that name it live as long as the backend is open.
   *
   * @return the id for {@link NameValue#holder()}
   */
  String holder();

  /**
   * What is stored for a value.
   *
   * @param service the name that it is for
   * @param value encoded
   * @return the value, with a proof where this process has a key
   */
  default String seal(String service, String value) {
    return value;
  }

  /**
   * Whether a stored value may be believed.
   *
   * @param service the name that it is stored under
   * @param stored as stored
   * @return false where it counts as absent
   */
  default boolean trusts(String service, String stored) {
    return true;
  }

  /**
   * What is stored for a value.
   *
   * @param service the name that it is for
   * @param value not sealed
   * @return for the map
   */
  default String stored(String service, NameValue value) {
    return seal(service, value.encode());
  }

  /**
   * What a stored value says.
   *
   * @param service the name that it is stored under
   * @param stored as stored; null for nothing
   * @return empty where it is none of ours, or none to be believed
   */
  default Optional<NameValue> read(String service, Object stored) {
    return stored instanceof String text && trusts(service, text) ? NameValue.decode(text) : Optional.empty();
  }

  /**
   * Whether a holder is still there.
   *
   * @param holder from an entry
   * @return false where its entries are to vanish
   */
  boolean lives(String holder);

  /**
   * What a stored value says, unless its holder is gone. What is left of that one is for {@link NameTable#sweep} to
   * remove: a question waits for no write, which stands still while members take over from each other.
   *
   * @param service the name that it is stored under
   * @param stored as stored; null for nothing
   * @return empty where it counts as absent
   */
  default Optional<NameValue> live(String service, Object stored) {
    return read(service, stored).filter(value -> lives(value.holder()));
  }

  /**
   * What an unexpected failure of a call means to the caller.
   *
   * @param failure from Hazelcast
   * @return names the store and what to look for
   */
  MpiException explain(Throwable failure);

  /**
   * How the scope is called in errors.
   *
   * @return such as {@code the local scope}
   */
  String scope();

  /**
   * What finds the entries of a holder, where they are kept.
   *
   * @param holder of the entries
   * @return for {@link IMap#removeAll}
   */
  default Predicate<String, Object> heldBy(String holder) {
    return NameValue.heldBy(holder);
  }

  /** Takes back what is published here and closes what was opened. */
  void close();
}
