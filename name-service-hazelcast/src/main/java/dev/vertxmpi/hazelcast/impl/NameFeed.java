package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.names.NameEvent.Kind;
import dev.vertxmpi.spi.NameEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells one listener what is published and what vanishes. Events of the map are quick but may be lost, with a
 * connection or a server; so at times the whole map is compared with what was told.
 *
 * <pre>
 *   map's listener --- Hazelcast's threads ---> [ steps ] --- a virtual thread ---> known names ---> listener
 *   looks at all names, at times -----------------^
 * </pre>
 */
final class NameFeed implements EntryAddedListener<String, Object>, EntryUpdatedListener<String, Object>,
    EntryMergedListener<String, Object>, EntryRemovedListener<String, Object> {

  private final NameTable table;
  private final Consumer<NameEvent> listener;
  private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
  private final Map<String, NameEntry> known = new HashMap<>();
  private IMap<String, Object> map;
  private UUID registration;
  private volatile boolean closed;

  NameFeed(NameTable table, Consumer<NameEvent> listener) {
    this.table = table;
    this.listener = listener;
  }

  /** Tells of what is there; blocks, and fails where the map cannot be reached. Then goes on by itself. */
  void begin() {
    long rest = look();
    Background.run("watch names", () -> follow(rest));
  }

  private void follow(long firstRest) {
    long next = System.nanoTime() + firstRest;
    while (!closed) {
      try {
        Runnable step = steps.poll(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (step != null) {
          step.run();
        } else {
          next = System.nanoTime() + lookAgain();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        closed = true;
      }
    }
    unregister();
  }

  private long lookAgain() {
    try {
      return look();
    } catch (RuntimeException e) {
      // Nobody answers. What is known stays so until somebody says otherwise.
      return Rounds.restAfter(0);
    }
  }

  /** Compares; returns how long to rest. */
  private long look() {
    long began = System.nanoTime();
    register(table.backend().map());
    List<NameEntry> now = table.list();
    Map<String, NameEntry> gone = new HashMap<>(known);
    now.forEach(entry -> gone.remove(entry.service()));
    gone.values().forEach(entry -> tell(Kind.VANISHED, entry));
    now.stream().filter(entry -> !entry.equals(known.get(entry.service()))).forEach(entry ->
        tell(Kind.PUBLISHED, entry));
    return Rounds.restAfter(System.nanoTime() - began);
  }

  /** A client that went down was replaced by another, with maps of its own, which Hazelcast calls equal. */
  @SuppressWarnings("ReferenceEquality")
  private void register(IMap<String, Object> current) {
    if (map != current) {
      unregister();
      map = current;
      registration = current.addEntryListener(this, true);
    }
  }

  private void unregister() {
    if (registration != null) {
      Background.quietly("stop watching names", () -> map.removeEntryListener(registration));
      registration = null;
    }
  }

  private void tell(Kind kind, NameEntry entry) {
    if (kind == Kind.PUBLISHED) {
      known.put(entry.service(), entry);
    } else {
      known.remove(entry.service());
    }
    if (!closed) {
      listener.accept(new NameEvent(kind, entry));
    }
  }

  @Override
  public void entryAdded(EntryEvent<String, Object> event) {
    published(event);
  }

  @Override
  public void entryUpdated(EntryEvent<String, Object> event) {
    published(event);
  }

  @Override
  public void entryMerged(EntryEvent<String, Object> event) {
    published(event);
  }

  private void published(EntryEvent<String, Object> event) {
    String service = event.getKey();
    table.read(service, event.getValue()).ifPresent(value -> steps.add(() -> {
      NameEntry before = known.get(service);
      if (before == null || before.epoch() < value.epoch()) {
        tell(Kind.PUBLISHED, value.entry(service));
      }
    }));
  }

  @Override
  public void entryRemoved(EntryEvent<String, Object> event) {
    String service = event.getKey();
    table.read(service, event.getOldValue()).ifPresent(value -> steps.add(() -> {
      NameEntry before = known.get(service);
      if (before != null && before.epoch() <= value.epoch()) {
        tell(Kind.VANISHED, before);
      }
    }));
  }

  /** Nothing more is told. */
  void close() {
    closed = true;
    steps.add(() -> { });
  }
}
