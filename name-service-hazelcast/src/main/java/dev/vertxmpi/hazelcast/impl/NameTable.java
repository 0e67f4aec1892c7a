package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.map.IMap;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The operations on one names map. Each change is a compare-and-set on the exact value read before, in a loop: atomic
 * without a lock and without code on the server. What fails for a reason that passes is tried again. An entry whose
 * holder is gone counts as absent everywhere, even before somebody has removed it.
 *
 * <p>All methods block; {@link HazelcastNameService} calls them on virtual threads. One table serves all ranks of this
 * JVM, and remembers what they published, to {@linkplain #reclaim() put it back} after the store lost it.
 */
final class NameTable {

  /** Names of the maps begin with this; the scope follows. */
  static final String MAP_PREFIX = "vertx-mpi.names.";

  private final NameBackend backend;
  private final Map<String, NameValue> mine = new ConcurrentHashMap<>();
  private final Set<Consumer<NameEntry>> losses = ConcurrentHashMap.newKeySet();
  private final Doubts doubts;

  NameTable(NameBackend backend) {
    this.backend = backend;
    this.doubts = new Doubts(backend);
  }

  NameBackend backend() {
    return backend;
  }

  /** Publishes; what is returned is there, and stays until somebody else changes it. */
  NameValue publish(String service, String port, ProcessId owner, boolean unique) {
    Publication publication = new Publication(backend, service, port, owner, unique);
    try {
      NameValue published = publication.run();
      mine.put(service, published);
      return published;
    } finally {
      publication.unanswered().forEach(value -> doubts.takeBack(service, value));
    }
  }

  /** Takes back what nobody waits for any more. */
  void withdraw(String service, NameValue value) {
    mine.remove(service, value);
    doubts.takeBack(service, value);
  }

  void unpublish(String service, ProcessId owner) {
    mine.computeIfPresent(service, (name, value) -> value.owner().equals(owner) ? null : value);
    Patience patience = new Patience();
    boolean unanswered = false;
    while (true) {
      try {
        IMap<String, Object> map = backend.map();
        Object old = map.get(service);
        Optional<NameValue> present = live(map, service, old);
        if (unanswered && !present.map(NameValue::owner).equals(Optional.of(owner))) {
          return;
        }
        checkOwner(service, present, owner);
        unanswered = true;
        if (map.remove(service, old)) {
          return;
        }
        unanswered = false;
      } catch (RuntimeException e) {
        patience.suffer(e);
      }
    }
  }

  private void checkOwner(String service, Optional<NameValue> present, ProcessId owner) {
    if (present.isEmpty()) {
      throw new MpiException(ErrorClass.SERVICE, notPublished(service));
    }
    if (!present.get().owner().equals(owner)) {
      throw new MpiException(ErrorClass.ACCESS, "name '" + service + "' was published by process "
          + present.get().owner() + ", which alone may take it back");
    }
  }

  void unpublishAll(ProcessId owner) {
    mine.values().removeIf(value -> value.owner().equals(owner));
    Patience.with(() -> {
      backend.map().removeAll(NameValue.ownedBy(owner));
      return null;
    });
  }

  Optional<NameEntry> find(String service) {
    return Patience.with(() -> {
      IMap<String, Object> map = backend.map();
      return live(map, service, map.get(service)).map(value -> value.entry(service));
    });
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
    return Patience.with(this::listOnce);
  }

  private List<NameEntry> listOnce() {
    IMap<String, Object> map = backend.map();
    Map<String, Boolean> lives = new HashMap<>();
    List<NameEntry> entries = new ArrayList<>();
    map.entrySet().forEach(entry -> NameValue.decode(entry.getValue())
        .filter(value -> lives.computeIfAbsent(value.holder(), backend::lives))
        .ifPresent(value -> entries.add(value.entry(entry.getKey()))));
    entries.sort(Comparator.comparing(NameEntry::service));
    return entries;
  }

  /** Removes what a dead holder left. Several may do it at once; where it lives after all, it puts its names back. */
  void sweep(String holder) {
    backend.map().removeAll(NameValue.heldBy(holder));
  }

  /** Removes what any dead holder left, of the names that this member of the cluster keeps. */
  void sweep() {
    IMap<String, Object> map = backend.map();
    map.localKeySet().forEach(service -> live(map, service, map.get(service)));
  }

  /**
   * Puts back what this JVM published and the store has lost. A name that somebody else took meanwhile stays his, and
   * who lost it is told.
   */
  void reclaim() {
    if (mine.isEmpty()) {
      return;
    }
    IMap<String, Object> map = backend.map();
    String holder = backend.holder();
    mine.forEach((service, value) -> {
      Object old = map.get(service);
      Optional<NameValue> present = live(map, service, old);
      if (present.isEmpty()) {
        putBack(map, service, value.heldAs(holder));
      } else if (present.get().root() != value.root()) {
        // Not where it is an answer about what we have taken back and published again since.
        if (mine.remove(service, value)) {
          // Whose event loop has ended cannot be told.
          losses.forEach(listener -> Background.quietly("tell of a lost name", () ->
              listener.accept(value.entry(service))));
        }
      } else if (present.get().epoch() > value.epoch()) {
        mine.remove(service, value);
      } else if (present.get().epoch() < value.epoch()) {
        // Whom we had replaced was quicker to come back.
        map.replace(service, old, value.heldAs(holder).encode());
      }
    });
  }

  private void putBack(IMap<String, Object> map, String service, NameValue value) {
    if (map.putIfAbsent(service, value.encode()) == null && !mine.containsKey(service)) {
      // Unpublished while we put it back.
      map.remove(service, value.encode());
    }
  }

  /** Whom to tell of what {@link #reclaim} could not put back. */
  Set<Consumer<NameEntry>> losses() {
    return losses;
  }

  boolean publishes() {
    return !mine.isEmpty();
  }

  private Optional<NameValue> live(IMap<String, Object> map, String service, Object stored) {
    Optional<NameValue> value = NameValue.decode(stored);
    if (value.isPresent() && !backend.lives(value.get().holder())) {
      map.remove(service, stored);
      return Optional.empty();
    }
    return value;
  }

  void close() {
    mine.clear();
    doubts.close();
    backend.close();
  }
}
