package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.runtime.p2p.Incoming;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The messages of one collective that have come and were not taken yet. Credit bounds how long they are. */
final class Arrivals {

  /** Who sent a message. */
  record From(Lane lane, int source) {
  }

  private final Map<From, Deque<Incoming>> queues = new HashMap<>();

  void add(From from, Incoming message) {
    queues.computeIfAbsent(from, none -> new ArrayDeque<>(1)).add(message);
  }

  Incoming poll(From from) {
    Deque<Incoming> queue = queues.get(from);
    Incoming message = queue == null ? null : queue.poll();
    if (queue != null && queue.isEmpty()) {
      queues.remove(from);
    }
    return message;
  }

  void remove(From from, Incoming message) {
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
