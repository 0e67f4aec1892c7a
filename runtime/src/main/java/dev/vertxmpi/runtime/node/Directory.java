package dev.vertxmpi.runtime.node;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Who is where, and who is gone. */
final class Directory {

  /** Of those gone, the oldest are forgotten beyond this number; they are then unknown, which fails sends as well. */
  private static final int MOST_GONE = 1 << 16;

  private final Map<ProcessId, NodeAddress> places = new ConcurrentHashMap<>();
  private final Map<ProcessId, Departure> gone = new ConcurrentHashMap<>();
  /** Where those who are gone lived. */
  private final Map<ProcessId, NodeId> lastPlaces = new ConcurrentHashMap<>();
  private final DepartureLog log = new DepartureLog();
  private final Map<NodeId, Set<ProcessId>> residents = new HashMap<>();
  private final Map<Object, Consumer<Departure>> watchers = new LinkedHashMap<>();
  /** Of single processes. */
  private final Map<ProcessId, Map<Object, Consumer<Departure>>> ownWatchers = new HashMap<>();

  /** Makes a process known. False where it is gone already. */
  synchronized boolean introduce(ProcessId process, NodeAddress address) {
    if (gone.containsKey(process)) {
      return false;
    }
    NodeAddress before = places.put(process, address);
    if (before != null && !before.id().equals(address.id())) {
      leaveNode(process, before.id());
    }
    residents.computeIfAbsent(address.id(), none -> new LinkedHashSet<>()).add(process);
    return true;
  }

  NodeAddress whereIs(ProcessId process) {
    return places.get(process);
  }

  /** Whether a process lives at a node, or did until it was gone. */
  boolean livesAt(ProcessId process, NodeId node) {
    NodeAddress place = places.get(process);
    return place != null ? place.id().equals(node) : node.equals(lastPlaces.get(process));
  }

  int size() {
    return places.size();
  }

  synchronized int watcherCount() {
    return watchers.size() + log.followers() + ownWatchers.values().stream().mapToInt(Map::size).sum();
  }

  /** The address of a node as we have it; the one given where we have none. */
  synchronized NodeAddress known(NodeAddress node) {
    Set<ProcessId> there = residents.get(node.id());
    return there == null ? node : places.get(there.iterator().next());
  }

  Departure departure(ProcessId process) {
    return gone.get(process);
  }

  /** Those who live at a node. */
  synchronized List<ProcessId> at(NodeId node) {
    return List.copyOf(residents.getOrDefault(node, Set.of()));
  }

  /** All nodes where somebody lives. */
  synchronized Collection<NodeAddress> nodes() {
    Map<NodeId, NodeAddress> nodes = new LinkedHashMap<>();
    residents.values().forEach(there -> {
      NodeAddress address = places.get(there.iterator().next());
      nodes.put(address.id(), address);
    });
    return nodes.values();
  }

  /** Makes the processes of a node unknown again. They are not gone. */
  synchronized void forget(NodeId node) {
    Set<ProcessId> there = residents.remove(node);
    if (there != null) {
      there.forEach(places::remove);
    }
  }

  /** Declares a process gone and tells the watchers, once. Gives the node where it was the last. */
  Optional<NodeId> depart(Departure departure) {
    List<Consumer<Departure>> told;
    Runnable followers;
    NodeId emptied = null;
    synchronized (this) {
      ProcessId process = departure.process();
      if (gone.putIfAbsent(process, departure) != null) {
        return Optional.empty();
      }
      followers = log.add(departure);
      if (log.size() > MOST_GONE) {
        ProcessId oldest = log.removeOldest().process();
        gone.remove(oldest);
        lastPlaces.remove(oldest);
      }
      NodeAddress last = places.get(process);
      if (last != null) {
        // Before it vanishes from its place: readers take no lock.
        lastPlaces.put(process, last.id());
        places.remove(process);
      }
      if (last != null && leaveNode(process, last.id())) {
        emptied = last.id();
      }
      told = new ArrayList<>(ownWatchers.getOrDefault(process, Map.of()).values());
      told.addAll(watchers.values());
    }
    told.forEach(watcher -> watcher.accept(departure));
    followers.run();
    return Optional.ofNullable(emptied);
  }

  private boolean leaveNode(ProcessId process, NodeId node) {
    Set<ProcessId> there = residents.get(node);
    there.remove(process);
    if (there.isEmpty()) {
      residents.remove(node);
    }
    return there.isEmpty();
  }

  /** Hears of each departure within it. For a few: each departure waits for all of them. */
  Runnable watch(Consumer<Departure> watcher) {
    Object key = new Object();
    List<Departure> before;
    synchronized (this) {
      watchers.put(key, watcher);
      before = log.all();
    }
    before.forEach(watcher);
    return () -> {
      synchronized (this) {
        watchers.remove(key);
      }
    };
  }

  /** Hears of the departure of one process. */
  Runnable watch(ProcessId process, Consumer<Departure> watcher) {
    Object key = new Object();
    Departure before;
    synchronized (this) {
      ownWatchers.computeIfAbsent(process, none -> new LinkedHashMap<>(4)).put(key, watcher);
      before = gone.get(process);
    }
    if (before != null) {
      watcher.accept(before);
    }
    return () -> {
      synchronized (this) {
        ownWatchers.computeIfPresent(process, (same, all) -> {
          all.remove(key);
          return all.isEmpty() ? null : all;
        });
      }
    };
  }

  /** Hears of departures on an executor, several at a time. */
  Runnable follow(Executor executor, Consumer<Departure> follower) {
    return log.follow(executor, follower);
  }
}
