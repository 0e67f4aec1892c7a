package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.map.IMap;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What this JVM has published in one scope, so that it can be put back where the store has lost it. Thread-safe. */
final class OwnNames {

  /** How many names are asked for in one call. */
  static final int AT_ONCE = 200;

  private final NameBackend backend;
  private final Map<String, NameValue> names = new ConcurrentHashMap<>();
  private final Set<Consumer<NameEntry>> losses = ConcurrentHashMap.newKeySet();

  OwnNames(NameBackend backend) {
    this.backend = backend;
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  void add(String service, NameValue value) {
    names.put(service, value);
  }

  void remove(String service, NameValue value) {
    names.remove(service, value);
  }

  void remove(String service, ProcessId owner) {
    names.computeIfPresent(service, (name, value) -> value.owner().equals(owner) ? null : value);
  }

  /** Forgets all of an owner, and returns their services. */
  Set<String> removeAll(ProcessId owner) {
    Set<String> own = new HashSet<>();
    names.forEach((service, value) -> {
      if (value.owner().equals(owner) && names.remove(service, value)) {
        own.add(service);
      }
    });
    return own;
  }

  /** Whom to tell of what {@link #reclaim} could not put back. */
  Set<Consumer<NameEntry>> losses() {
    return losses;
  }

  /**
   * Puts back what the store has lost. A name that somebody else took meanwhile stays his, and who lost it is told.
   * Blocks.
   */
  void reclaim() {
    Map<String, NameValue> some = new HashMap<>();
    names.forEach((service, value) -> {
      some.put(service, value);
      if (some.size() == AT_ONCE) {
        reclaim(some);
        some.clear();
      }
    });
    if (!some.isEmpty()) {
      reclaim(some);
    }
  }

  private void reclaim(Map<String, NameValue> some) {
    IMap<String, Object> map = backend.map();
    String holder = backend.holder();
    Map<String, Object> stored = map.getAll(some.keySet());
    some.forEach((service, value) -> {
      Object old = stored.get(service);
      Optional<NameValue> present = backend.read(service, old);
      NameValue again = value.heldAs(holder);
      if (present.equals(Optional.of(again))) {
        return;
      }
      boolean ours = present.map(other -> other.heldAs(holder)).equals(Optional.of(again));
      Optional<NameValue> other = ours ? Optional.empty() : present.filter(one -> backend.lives(one.holder()));
      if (other.isEmpty()) {
        put(map, service, old, again);
      } else if (other.get().root() != value.root()) {
        lose(service, value);
      } else if (other.get().epoch() > value.epoch()) {
        names.remove(service, value);
      } else {
        // Whom we had replaced was quicker to come back.
        put(map, service, old, again);
      }
    });
  }

  private void put(IMap<String, Object> map, String service, Object old, NameValue value) {
    String stored = backend.stored(service, value);
    boolean done = old == null ? map.putIfAbsent(service, stored) == null : map.replace(service, old, stored);
    if (done && !names.containsKey(service)) {
      // Unpublished while we put it back.
      map.remove(service, stored);
    }
  }

  private void lose(String service, NameValue value) {
    // Not where it is an answer about what we have taken back and published again since.
    if (names.remove(service, value)) {
      // Whose event loop has ended cannot be told.
      losses.forEach(listener -> Background.quietly("tell of a lost name", () ->
          listener.accept(value.entry(service))));
    }
  }

  void clear() {
    names.clear();
  }
}
