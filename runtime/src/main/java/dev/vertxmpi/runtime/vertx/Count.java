package dev.vertxmpi.runtime.vertx;

import java.util.concurrent.atomic.AtomicLong;

/** A count that one thread adds to and any may read. */
final class Count {

  private final AtomicLong value = new AtomicLong();

  void add(long more) {
    value.setOpaque(value.getPlain() + more);
  }

  long get() {
    return value.getOpaque();
  }
}
