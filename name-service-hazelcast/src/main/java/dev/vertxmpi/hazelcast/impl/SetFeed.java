package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.vertxmpi.spi.SetRoll;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells one listener of one set. Events only wake it: it reads what is there, so that none can be told in the wrong
 * order, and one that was lost with the member that sent it is made up for by the next look.
 */
final class SetFeed implements EntryAddedListener<String, Object>, EntryUpdatedListener<String, Object>,
    EntryMergedListener<String, Object>, EntryRemovedListener<String, Object> {

  private static final long LOOK_SECONDS = 5;

  private final SetTable table;
  private final String uri;
  private final Consumer<SetRoll> listener;
  private final Semaphore changes = new Semaphore(0);
  private SetRoll told;
  private volatile boolean closed;

  SetFeed(SetTable table, String uri, Consumer<SetRoll> listener) {
    this.table = table;
    this.uri = uri;
    this.listener = listener;
  }

  /** Tells what is there; blocks. Then goes on by itself, until it is closed. */
  void begin() {
    IMap<String, Object> map = table.map();
    UUID registration = map.addEntryListener(this, uri, false);
    try {
      look();
    } catch (RuntimeException e) {
      stop(map, registration);
      throw e;
    }
    table.add(this);
    Background.run("watch a process set", () -> {
      while (waited()) {
        Background.quietly("read a process set", this::look);
      }
      table.remove(this);
      stop(map, registration);
    });
  }

  private static void stop(IMap<String, Object> map, UUID registration) {
    Background.quietly("stop watching a process set", () -> map.removeEntryListener(registration));
  }

  /** False when it is closed. */
  private boolean waited() {
    try {
      if (changes.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS)) {
        changes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !closed;
  }

  private void look() {
    SetRoll now = table.read(uri);
    if (!now.equals(told) && !closed) {
      told = now;
      listener.accept(now);
    }
  }

  /** Something may have changed. */
  void wake() {
    changes.release();
  }

  @Override
  public void entryAdded(EntryEvent<String, Object> event) {
    wake();
  }

  @Override
  public void entryUpdated(EntryEvent<String, Object> event) {
    wake();
  }

  @Override
  public void entryMerged(EntryEvent<String, Object> event) {
    wake();
  }

  @Override
  public void entryRemoved(EntryEvent<String, Object> event) {
    wake();
  }

  /** Nothing more is told. */
  void close() {
    closed = true;
    wake();
  }
}
