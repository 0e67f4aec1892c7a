package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.map.IMap;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One publication: attempts to put a value under a name, until one is confirmed by all who keep a copy.
 *
 * <p>An attempt may get no answer, or the answer that not all have confirmed. Then the value may be there, or may come
 * yet. Where the next look finds it, it is written once more, over itself: only a write proves anything.
 */
final class Publication {

  private static final AtomicLong EPOCHS = new AtomicLong();

  private final NameBackend backend;
  private final String service;
  private final String port;
  private final ProcessId owner;
  private final boolean unique;
  private final Patience patience = new Patience();
  private final List<NameValue> unanswered = new ArrayList<>();
  /** Not done, says the store; or done, and refused when a client that missed the answer did it again. */
  private NameValue refused;

  Publication(NameBackend backend, String service, String port, ProcessId owner, boolean unique) {
    this.backend = backend;
    this.service = service;
    this.port = port;
    this.owner = owner;
    this.unique = unique;
  }

  /** What may be there although {@link #run} has failed. */
  List<NameValue> unanswered() {
    return unanswered;
  }

  /** Publishes; blocks. Returns what is there. */
  NameValue run() {
    while (true) {
      try {
        Optional<NameValue> published = attempt();
        if (published.isPresent()) {
          return published.get();
        }
      } catch (RuntimeException e) {
        patience.suffer(e);
      }
    }
  }

  private Optional<NameValue> attempt() {
    IMap<String, Object> map = backend.map();
    String holder = backend.holder();
    Object old = map.get(service);
    Optional<NameValue> present = backend.read(service, old);
    if (present.isPresent() && (unanswered.contains(present.get()) || present.get().equals(refused))) {
      boolean confirmed = map.replace(service, old, old);
      if (confirmed) {
        unanswered.remove(present.get());
      }
      return confirmed ? present : Optional.empty();
    }
    Optional<NameValue> living = present.filter(value -> backend.lives(value.holder()));
    if (unique && living.isPresent()) {
      throw new MpiException(ErrorClass.NAME, "name '" + service + "' is published already in " + backend.scope()
          + ", by process " + living.get().owner());
    }
    long root = living.map(NameValue::root).orElseGet(() -> ThreadLocalRandom.current().nextLong());
    NameValue next = new NameValue(port, owner, nextEpoch(present), root, holder);
    String stored = backend.stored(service, next);
    unanswered.add(next);
    boolean done = old == null ? map.putIfAbsent(service, stored) == null : map.replace(service, old, stored);
    unanswered.remove(next);
    refused = done ? null : next;
    return done ? Optional.of(next) : Optional.empty();
  }

  /**
   * Wall clock time counts on even where nothing of the earlier entry is left; one more than the earlier, if any. No
   * two publications of this JVM have the same, so that each knows its own.
   */
  private static long nextEpoch(Optional<NameValue> present) {
    long now = System.currentTimeMillis();
    long wanted = present.map(value -> Math.max(now, value.epoch() + 1)).orElse(now);
    return EPOCHS.updateAndGet(last -> Math.max(last + 1, wanted));
  }
}
