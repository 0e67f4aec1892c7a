package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for publications of one name. */
final class NameWatch
    implements AutoCloseable, EntryAddedListener<String, Object>, EntryUpdatedListener<String, Object> {

  /** Looked for at this pace too: a listener dies silently with the connection that it was registered over. */
  private static final Duration AT_LEAST_EVERY = Duration.ofMillis(500);

  private final IMap<String, Object> map;
  private final UUID registration;
  private final Semaphore published = new Semaphore(0);

  NameWatch(IMap<String, Object> map, String service) {
    this.map = map;
    this.registration = map.addEntryListener(this, service, false);
  }

  @Override
  public void entryAdded(EntryEvent<String, Object> event) {
    published.release();
  }

  @Override
  public void entryUpdated(EntryEvent<String, Object> event) {
    published.release();
  }

  /** Returns after a publication, and at times without one. */
  void await(Duration atMost) {
    long nanos = atMost.compareTo(AT_LEAST_EVERY) < 0 ? atMost.toNanos() : AT_LEAST_EVERY.toNanos();
    try {
      if (published.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        published.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Background.quietly("stop watching a name", () -> map.removeEntryListener(registration));
  }
}
