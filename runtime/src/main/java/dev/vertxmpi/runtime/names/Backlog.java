package dev.vertxmpi.runtime.names;

import dev.vertxmpi.names.NameEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;

/**
 * Events that wait for their reader, in order. When many wait, those that a later event of the same name has overtaken
 * are left out: there are never many more than there are names. Not thread-safe.
 */
final class Backlog {

  static final int FEW = 1024;

  private Deque<NameEvent> events = new ArrayDeque<>();
  private int limit = FEW;

  void add(NameEvent event) {
    events.add(event);
    if (events.size() > limit) {
      LinkedHashMap<String, NameEvent> last = new LinkedHashMap<>();
      events.forEach(one -> last.putLast(one.service(), one));
      events = new ArrayDeque<>(last.values());
      limit = Math.max(FEW, 2 * events.size());
    }
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  NameEvent poll() {
    return events.poll();
  }

  int size() {
    return events.size();
  }
}
