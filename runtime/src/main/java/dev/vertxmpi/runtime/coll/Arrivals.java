package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.runtime.p2p.Incoming;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The messages of one collective that have come and were not taken yet. Credit bounds how long they are. */
final class Arrivals {

  private final Map<Peer, Deque<Incoming>> queues = new HashMap<>();

  void add(Peer from, Incoming message) {
    queues.computeIfAbsent(from, none -> new ArrayDeque<>(1)).add(message);
  }

  Incoming poll(Peer from) {
    Deque<Incoming> queue = queues.get(from);
    Incoming message = queue == null ? null : queue.poll();
    if (queue != null && queue.isEmpty()) {
      queues.remove(from);
    }
    return message;
  }

  void remove(Peer from, Incoming message) {
    Deque<Incoming> queue = queues.get(from);
    if (queue != null && queue.remove(message) && queue.isEmpty()) {
      queues.remove(from);
    }
  }

  boolean isEmpty() {
    return queues.isEmpty();
  }

  void dropAll() {
    queues.values().forEach(queue -> queue.forEach(Incoming::drop));
    queues.clear();
  }
}
