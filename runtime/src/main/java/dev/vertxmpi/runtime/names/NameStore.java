package dev.vertxmpi.runtime.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The names of one scope in this JVM, and who waits for them. There as long as a service uses it. */
final class NameStore {

  private static final Map<String, NameStore> STORES = new HashMap<>();

  private final String scope;
  private final Map<String, NameEntry> entries = new TreeMap<>();
  private final Map<String, Set<Consumer<NameEntry>>> waiting = new HashMap<>();
  private final Set<Consumer<NameEvent>> watchers = new LinkedHashSet<>();
  private long epoch;
  /** Guarded by {@link #STORES}. */
  private int uses;

  private NameStore(String scope) {
    this.scope = scope;
  }

  static NameStore open(String scope) {
    synchronized (STORES) {
      NameStore store = STORES.computeIfAbsent(scope, NameStore::new);
      store.uses++;
      return store;
    }
  }

  /** Ends one use; the names go with the last one. */
  void release() {
    synchronized (STORES) {
      if (--uses == 0) {
        STORES.remove(scope);
      }
    }
  }

  /** The number of scopes in use in this JVM. */
  static int count() {
    synchronized (STORES) {
      return STORES.size();
    }
  }

  void publish(String service, String port, ProcessId owner, boolean unique) {
    NameEntry entry;
    Set<Consumer<NameEntry>> told;
    synchronized (this) {
      if (unique && entries.containsKey(service)) {
        throw new MpiException(ErrorClass.NAME, "the service name '" + service + "' is published already");
      }
      entry = new NameEntry(service, port, owner, ++epoch);
      entries.put(service, entry);
      tell(NameEvent.Kind.PUBLISHED, entry);
      told = waiting.remove(service);
    }
    if (told != null) {
      told.forEach(waiter -> waiter.accept(entry));
    }
  }

  synchronized void unpublish(String service, ProcessId owner) {
    NameEntry entry = entries.get(service);
    if (entry == null) {
      throw new MpiException(ErrorClass.SERVICE, "the service name '" + service + "' is not published");
    }
    if (!entry.owner().equals(owner)) {
      throw new MpiException(ErrorClass.ACCESS, "the service name '" + service + "' was published by "
          + entry.owner() + " and only that process may take it back");
    }
    entries.remove(service);
    tell(NameEvent.Kind.VANISHED, entry);
  }

  synchronized void unpublishAll(ProcessId owner) {
    List<NameEntry> gone = entries.values().stream().filter(entry -> entry.owner().equals(owner)).toList();
    gone.forEach(entry -> {
      entries.remove(entry.service());
      tell(NameEvent.Kind.VANISHED, entry);
    });
  }

  /** Within the lock, so that watchers learn of changes in their order. */
  private void tell(NameEvent.Kind kind, NameEntry entry) {
    watchers.forEach(watcher -> watcher.accept(new NameEvent(kind, entry)));
  }

  /** Tells of what is there, then of changes. */
  synchronized void watch(Consumer<NameEvent> watcher) {
    entries.values().forEach(entry -> watcher.accept(new NameEvent(NameEvent.Kind.PUBLISHED, entry)));
    watchers.add(watcher);
  }

  synchronized void unwatch(Consumer<NameEvent> watcher) {
    watchers.remove(watcher);
  }

  /** The entry; null where there is none: then the waiter, if there is one, gets it once it comes. */
  synchronized NameEntry lookup(String service, Consumer<NameEntry> waiter) {
    NameEntry entry = entries.get(service);
    if (entry == null && waiter != null) {
      waiting.computeIfAbsent(service, none -> new LinkedHashSet<>()).add(waiter);
    }
    return entry;
  }

  synchronized void forget(String service, Consumer<NameEntry> waiter) {
    waiting.computeIfPresent(service, (name, waiters) -> {
      waiters.remove(waiter);
      return waiters.isEmpty() ? null : waiters;
    });
  }

  synchronized List<NameEntry> list() {
    return new ArrayList<>(entries.values());
  }
}
