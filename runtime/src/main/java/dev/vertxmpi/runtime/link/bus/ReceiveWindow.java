package dev.vertxmpi.runtime.link.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Puts packets back in order and forgets repeated ones; holds at most {@link SendWindow#SIZE} of them. */
final class ReceiveWindow {

  private final TreeMap<Long, byte[]> early = new TreeMap<>();
  private long awaited;

  /** Takes a packet; gives the bodies that are now in order, possibly none. */
  List<byte[]> take(long number, byte[] body) {
    if (number < awaited || number >= awaited + SendWindow.SIZE) {
      return List.of();
    }
    if (number > awaited) {
      early.putIfAbsent(number, body);
      return List.of();
    }
    List<byte[]> ready = new ArrayList<>();
    for (byte[] next = body; next != null; next = early.remove(awaited)) {
      ready.add(next);
      awaited++;
    }
    return ready;
  }

  long awaited() {
    return awaited;
  }

  /** Bit i: packet {@code awaited + 1 + i} is there. */
  long bits() {
    long bits = 0;
    for (long number : early.keySet()) {
      bits |= 1L << (number - awaited - 1);
    }
    return bits;
  }
}
