package dev.vertxmpi.hazelcast.impl;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A names table that all ranks of this JVM share while at least one has it open: one listener or one connection, not
 * one for each rank.
 */
final class SharedTable {

  private static final Map<Object, SharedTable> OPEN = new HashMap<>();

  private final Object key;
  private final NameTable table;
  private int users;

  private SharedTable(Object key, NameTable table) {
    this.key = key;
    this.table = table;
  }

  /**
   * Opens a table, or joins those who have it open.
   *
   * @param key equal for equal tables
   * @param opener makes it where nobody has
   */
  static SharedTable open(Object key, Supplier<NameTable> opener) {
    synchronized (OPEN) {
      SharedTable shared = OPEN.computeIfAbsent(key, k -> new SharedTable(k, opener.get()));
      shared.users++;
      return shared;
    }
  }

  NameTable table() {
    return table;
  }

  /** Lets go of it; the last user closes it, which blocks. */
  void release() {
    synchronized (OPEN) {
      users--;
      if (users > 0) {
        return;
      }
      OPEN.remove(key);
    }
    table.close();
  }
}
