package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.map.IMap;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The operations on one names map. Each change is a compare-and-set on the exact value read before, in a loop: atomic
 * without a lock and without code on the server. An entry whose holder is gone counts as absent everywhere, even before
 * somebody has removed it.
 *
 * <p>All methods block; {@link HazelcastNameService} calls them on virtual threads. One table serves all ranks of this
 * JVM, and remembers what they published, to {@linkplain #reclaim() put it back} after the store lost it.
 */
final class NameTable {

  /** Names of the maps begin with this; the scope follows. */
  static final String MAP_PREFIX = "vertx-mpi.names.";

  /** How many names are asked for in one call. */
  private static final int AT_ONCE = 200;

  private final NameBackend backend;
  private final Map<String, NameValue> mine = new ConcurrentHashMap<>();
  private final AtomicLong epochs = new AtomicLong();

  NameTable(NameBackend backend) {
    this.backend = backend;
  }

  NameBackend backend() {
    return backend;
  }

  void publish(String service, String port, ProcessId owner, boolean unique) {
    IMap<String, Object> map = backend.map();
    String holder = backend.holder();
    NameValue tried = null;
    while (true) {
      Object old = map.get(service);
      if (tried != null && seal(service, tried).equals(old)) {
        // The change was made, and made again by the client that had missed the answer.
        mine.put(service, tried);
        return;
      }
      Optional<NameValue> present = read(service, old);
      if (unique && present.isPresent() && backend.lives(present.get().holder())) {
        throw new MpiException(ErrorClass.NAME, "name '" + service + "' is published already in " + backend.scope()
            + ", by process " + present.get().owner());
      }
      NameValue next = new NameValue(port, owner, nextEpoch(present), holder);
      if (swap(map, service, old, seal(service, next))) {
        mine.put(service, next);
        return;
      }
      tried = next;
    }
  }

  /**
   * Wall clock time counts on even where nothing of the earlier entry is left; one more than the earlier, if any. No
   * two publications of this JVM have the same, so that each knows its own.
   */
  private long nextEpoch(Optional<NameValue> present) {
    long now = System.currentTimeMillis();
    long wanted = present.map(value -> Math.max(now, value.epoch() + 1)).orElse(now);
    return epochs.updateAndGet(last -> Math.max(last + 1, wanted));
  }

  private String seal(String service, NameValue value) {
    return backend.seal(service, value.encode());
  }

  /** What a stored value says; empty where it is none of ours, or none to be trusted. */
  Optional<NameValue> read(String service, Object stored) {
    return stored instanceof String text && backend.trusts(service, text) ? NameValue.decode(text) : Optional.empty();
  }

  private static boolean swap(IMap<String, Object> map, String service, Object old, String next) {
    return old == null ? map.putIfAbsent(service, next) == null : map.replace(service, old, next);
  }

  void unpublish(String service, ProcessId owner) {
    mine.computeIfPresent(service, (name, value) -> value.owner().equals(owner) ? null : value);
    IMap<String, Object> map = backend.map();
    for (boolean tried = false; ; tried = true) {
      Object old = map.get(service);
      Optional<NameValue> present = live(map, service, old);
      if (present.isEmpty() && tried) {
        // Taken back, and taken back again by the client that had missed the answer.
        return;
      }
      if (present.isEmpty()) {
        throw new MpiException(ErrorClass.SERVICE, notPublished(service));
      }
      if (!present.get().owner().equals(owner)) {
        throw new MpiException(ErrorClass.ACCESS, "name '" + service + "' was published by process "
            + present.get().owner() + ", which alone may take it back");
      }
      if (map.remove(service, old)) {
        return;
      }
    }
  }

  void unpublishAll(ProcessId owner) {
    Set<String> own = new HashSet<>();
    mine.forEach((service, value) -> {
      if (value.owner().equals(owner) && mine.remove(service, value)) {
        own.add(service);
      }
    });
    IMap<String, Object> map = backend.map();
    if (own.isEmpty() || own.size() > AT_ONCE) {
      map.removeAll(NameValue.ownedBy(owner));
      return;
    }
    // Removing by a predicate looks at every name there is, and lookups wait meanwhile: not for a few that are known.
    map.getAll(own).forEach((service, stored) -> {
      if (read(service, stored).filter(value -> value.owner().equals(owner)).isPresent()) {
        map.remove(service, stored);
      }
    });
  }

  Optional<NameEntry> find(String service) {
    IMap<String, Object> map = backend.map();
    return live(map, service, map.get(service)).map(value -> value.entry(service));
  }

  NameWatch watch(String service) {
    return new NameWatch(backend.map(), service);
  }

  MpiException notFound(String service) {
    return new MpiException(ErrorClass.NAME, notPublished(service));
  }

  private String notPublished(String service) {
    return "name '" + service + "' is not published in " + backend.scope();
  }

  List<NameEntry> list() {
    IMap<String, Object> map = backend.map();
    Map<String, Boolean> lives = new HashMap<>();
    List<NameEntry> entries = new ArrayList<>();
    map.entrySet().forEach(entry -> read(entry.getKey(), entry.getValue())
        .filter(value -> lives.computeIfAbsent(value.holder(), backend::lives))
        .ifPresent(value -> entries.add(value.entry(entry.getKey()))));
    entries.sort(Comparator.comparing(NameEntry::service));
    return entries;
  }

  /** Removes what a dead holder left. Several may do it at once; where it lives after all, it puts its names back. */
  void sweep(String holder) {
    backend.map().removeAll(backend.heldBy(holder));
  }

  /** Removes what any dead holder or an intruder left, of the names that this member of the cluster keeps. */
  void sweep() {
    IMap<String, Object> map = backend.map();
    map.localKeySet().forEach(service -> {
      Object stored = map.get(service);
      if (stored instanceof String text && !backend.trusts(service, text)) {
        map.remove(service, stored);
      } else {
        live(map, service, stored);
      }
    });
  }

  /** Puts back what this JVM published and the store has lost; names that others took meanwhile stay theirs. */
  void reclaim() {
    Map<String, NameValue> some = new HashMap<>();
    mine.forEach((service, value) -> {
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
      NameValue next = new NameValue(value.port(), value.owner(), value.epoch(), holder);
      Object old = stored.get(service);
      if (live(map, service, old).isEmpty() && map.putIfAbsent(service, seal(service, next)) == null
          && !mine.containsKey(service)) {
        // Unpublished while we put it back.
        map.remove(service, seal(service, next));
      }
    });
  }

  boolean publishes() {
    return !mine.isEmpty();
  }

  private Optional<NameValue> live(IMap<String, Object> map, String service, Object stored) {
    Optional<NameValue> value = read(service, stored);
    if (value.isPresent() && !backend.lives(value.get().holder())) {
      map.remove(service, stored);
      return Optional.empty();
    }
    return value;
  }

  void close() {
    mine.clear();
    backend.close();
  }
}
