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
import java.util.function.Consumer;

/** Who is where, and who is gone. */
final class Directory {

  /** Of those gone, the oldest are forgotten beyond this number; they are then unknown, which fails sends as well. */
  private static final int MOST_GONE = 1 << 16;

  private final Map<ProcessId, NodeAddress> places = new ConcurrentHashMap<>();
  private final Map<ProcessId, Departure> gone = new ConcurrentHashMap<>();
  /** Where those who are gone lived. */
  private final Map<ProcessId, NodeId> lastPlaces = new ConcurrentHashMap<>();
  private final LinkedHashSet<ProcessId> goneByAge = new LinkedHashSet<>();
  private final Map<NodeId, Set<ProcessId>> residents = new HashMap<>();
  private final Map<Object, Consumer<Departure>> watchers = new LinkedHashMap<>();

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
    return watchers.size();
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
    NodeId emptied = null;
    synchronized (this) {
      ProcessId process = departure.process();
      if (gone.putIfAbsent(process, departure) != null) {
        return Optional.empty();
      }
      goneByAge.add(process);
      if (goneByAge.size() > MOST_GONE) {
        ProcessId oldest = goneByAge.removeFirst();
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
      told = new ArrayList<>(watchers.values());
    }
    told.forEach(watcher -> watcher.accept(departure));
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

  Runnable watch(Consumer<Departure> watcher) {
    Object key = new Object();
    List<Departure> before;
    synchronized (this) {
      watchers.put(key, watcher);
      before = goneByAge.stream().map(gone::get).toList();
    }
    before.forEach(watcher);
    return () -> {
      synchronized (this) {
        watchers.remove(key);
      }
    };
  }
}
