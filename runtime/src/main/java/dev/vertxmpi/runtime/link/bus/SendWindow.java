package dev.vertxmpi.runtime.link.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The packets that the other end has not acknowledged yet.
 *
 * <pre>
 *          acknowledged |  sent: some acknowledged, holes among them  |  room
 *   ... ----------------+---------------------------------------------+---------
 *                      base                                          next     base + SIZE
 * </pre>
 */
final class SendWindow {

  /** Packets under way. The bits of an acknowledgement cover them all. */
  static final int SIZE = 32;

  private static final class Sent {
    private final byte[] body;
    private boolean repeated;

    Sent(byte[] body) {
      this.body = body;
    }
  }

  /** A packet to send again. */
  record Again(long number, byte[] body) {
  }

  private final TreeMap<Long, Sent> sent = new TreeMap<>();
  private long base;
  private long next;

  boolean hasRoom() {
    return next - base < SIZE;
  }

  boolean isEmpty() {
    return sent.isEmpty();
  }

  long next() {
    return next;
  }

  /** Keeps a packet; gives its number. */
  long add(byte[] body) {
    sent.put(next, new Sent(body));
    return next++;
  }

  /** Whether an acknowledgement can be true. */
  boolean isPlausible(long number) {
    return number >= 0 && number <= next;
  }

  /**
   * Takes an acknowledgement: {@code number} is awaited, bit i says that {@code number + 1 + i} is there. Adds what is
   * obviously lost, because later packets arrived, to {@code again}, once. True where it brought anything new.
   */
  boolean acknowledge(long number, long bits, List<Again> again) {
    int before = sent.size();
    if (number > base) {
      base = number;
      sent.headMap(number).clear();
    }
    long highest = -1;
    for (int i = 0; i < SIZE; i++) {
      if ((bits >>> i & 1) != 0) {
        highest = number + 1 + i;
        sent.remove(highest);
      }
    }
    for (Map.Entry<Long, Sent> hole : sent.headMap(Math.max(highest, base)).entrySet()) {
      if (!hole.getValue().repeated) {
        hole.getValue().repeated = true;
        again.add(new Again(hole.getKey(), hole.getValue().body));
      }
    }
    return sent.size() < before;
  }

  /** The oldest packets, for when nothing was heard for long. */
  List<Again> oldest(int most) {
    List<Again> again = new ArrayList<>();
    for (Map.Entry<Long, Sent> entry : sent.entrySet()) {
      if (again.size() == most) {
        break;
      }
      entry.getValue().repeated = false;
      again.add(new Again(entry.getKey(), entry.getValue().body));
    }
    return again;
  }
}
