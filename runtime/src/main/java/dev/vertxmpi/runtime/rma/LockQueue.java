package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.rma.LockType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The lock of one target: first come, first served; neighbours in the queue that ask for a shared lock get it together.
 *
 * <pre>
 *   holders          waiting
 *   { a, b shared }  [ c exclusive | d shared | e shared ]    b and a leave: c; c leaves: d and e
 * </pre>
 *
 * <p>Holders are processes with their incarnation, so what a dead one held is never taken for that of its successor.
 */
final class LockQueue {

  /**
   * A request.
   *
   * @param holder who asks
   * @param number its own number for it
   * @param type what it asks for
   */
  record Request(ProcessId holder, long number, LockType type) {
  }

  private final Map<ProcessId, Request> holders = new HashMap<>();
  private final Queue<Request> waiting = new ArrayDeque<>();

  /**
   * Asks for the lock.
   *
   * @return those who hold it from now on: the request itself, or nobody
   * @throws IllegalArgumentException where the process holds the lock or waits for it already
   */
  List<Request> ask(Request request) {
    if (holders.containsKey(request.holder())
        || waiting.stream().anyMatch(other -> other.holder().equals(request.holder()))) {
      throw new IllegalArgumentException(request.holder() + " asks for a lock that it holds or waits for");
    }
    waiting.add(request);
    return grant();
  }

  /**
   * Gives the lock back, or stops waiting for it. Does nothing where the process does neither under that number.
   *
   * @return those who hold it from now on
   */
  List<Request> release(ProcessId holder, long number) {
    Request held = holders.get(holder);
    if (held != null && held.number() == number) {
      holders.remove(holder);
    } else {
      waiting.removeIf(request -> request.holder().equals(holder) && request.number() == number);
    }
    return grant();
  }

  /**
   * Forgets a process.
   *
   * @return those who hold the lock from now on
   */
  List<Request> depart(ProcessId process) {
    holders.remove(process);
    waiting.removeIf(request -> request.holder().equals(process));
    return grant();
  }

  /** All that wait. They are forgotten. */
  List<Request> clear() {
    List<Request> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }

  private List<Request> grant() {
    List<Request> granted = new ArrayList<>();
    for (Iterator<Request> queue = waiting.iterator(); queue.hasNext();) {
      Request next = queue.next();
      boolean free = holders.isEmpty() || (next.type() == LockType.SHARED && holders.values().stream()
          .allMatch(holder -> holder.type() == LockType.SHARED));
      if (!free) {
        break;
      }
      queue.remove();
      holders.put(next.holder(), next);
      granted.add(next);
    }
    return granted;
  }
}
