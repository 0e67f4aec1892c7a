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
import java.util.function.Consumer;

/**
 * The operations on one names map. Each change is a compare-and-set on the exact value read before, in a loop: atomic
 * without a lock and without code on the server. What fails for a reason that passes is tried again. An entry whose
 * holder is gone counts as absent everywhere, even before somebody has removed it.
 *
 * <p>All methods block; {@link HazelcastNameService} calls them on virtual threads. One table serves all ranks of this
 * JVM that use the same map.
 */
final class NameTable {

  /** Names of the maps begin with this; the scope follows. */
  static final String MAP_PREFIX = "vertx-mpi.names.";

  private final NameBackend backend;
  private final OwnNames own;
  private final Doubts doubts;

  NameTable(NameBackend backend) {
    this.backend = backend;
    this.own = new OwnNames(backend);
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
      own.add(service, published);
      return published;
    } finally {
      publication.unanswered().forEach(value -> doubts.takeBack(service, value));
    }
  }

  /** Takes back what nobody waits for any more. */
  void withdraw(String service, NameValue value) {
    own.remove(service, value);
    doubts.takeBack(service, value);
  }

  void unpublish(String service, ProcessId owner) {
    own.remove(service, owner);
    Patience patience = new Patience();
    boolean tried = false;
    boolean unanswered = false;
    while (true) {
      try {
        IMap<String, Object> map = backend.map();
        Object old = map.get(service);
        Optional<NameValue> present = backend.live(service, old);
        boolean another = !present.map(NameValue::owner).equals(Optional.of(owner));
        if ((tried && present.isEmpty()) || (unanswered && another)) {
          // Taken back by an attempt whose answer was missed, by us or by Hazelcast's client.
          return;
        }
        checkOwner(service, present, owner);
        tried = true;
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
    Set<String> services = own.removeAll(owner);
    Patience.with(() -> {
      remove(services, owner);
      return null;
    });
  }

  private void remove(Set<String> services, ProcessId owner) {
    IMap<String, Object> map = backend.map();
    if (services.isEmpty() || services.size() > OwnNames.AT_ONCE) {
      map.removeAll(NameValue.ownedBy(owner));
      return;
    }
    // Removing by a predicate looks at every name there is, and lookups wait meanwhile: not for a few that are known.
    map.getAll(services).forEach((service, stored) -> {
      if (read(service, stored).filter(value -> value.owner().equals(owner)).isPresent()) {
        map.remove(service, stored);
      }
    });
  }

  Optional<NameEntry> find(String service) {
    return Patience.with(() -> {
      Object stored = backend.map().get(service);
      return backend.live(service, stored).map(value -> value.entry(service));
    });
  }

  /** What a stored value says; empty where it is none of ours, or none to be believed. */
  Optional<NameValue> read(String service, Object stored) {
    return backend.read(service, stored);
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
      boolean intruder = stored instanceof String text && !backend.trusts(service, text);
      boolean dead = read(service, stored).filter(value -> !backend.lives(value.holder())).isPresent();
      if (intruder || dead) {
        map.remove(service, stored);
      }
    });
  }

  /** Puts back what this JVM published and the store has lost: see {@link OwnNames#reclaim}. */
  void reclaim() {
    own.reclaim();
  }

  /** Whom to tell of what {@link #reclaim} could not put back. */
  Set<Consumer<NameEntry>> losses() {
    return own.losses();
  }

  boolean publishes() {
    return !own.isEmpty();
  }

  void close() {
    own.clear();
    doubts.close();
    backend.close();
  }
}
