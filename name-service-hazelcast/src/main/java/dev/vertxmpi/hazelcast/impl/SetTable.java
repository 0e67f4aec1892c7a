package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.SetMember;
import dev.vertxmpi.spi.SetRoll;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The operations on the map of process sets, for all ranks of this JVM together. Each change is a compare-and-set on
 * the exact text that was read, in a loop. All methods may block; they are called on virtual threads.
 *
 * <pre>
 *   vertx-mpi.sets:   URI  ->  roll, see {@link SetRoll}; none for a set without members
 * </pre>
 */
final class SetTable {

  static final String MAP = "vertx-mpi.sets";

  private static final Map<String, SetTable> OPEN = new HashMap<>();

  private final HazelcastInstance member;
  private final SetKeeper keeper;
  private final Set<SetFeed> feeds = ConcurrentHashMap.newKeySet();
  /** What joined through this JVM: put back where the store has lost it. */
  private final Map<String, Map<ProcessId, SetMember>> mine = new ConcurrentHashMap<>();
  /** Whose entries are being taken out by name. */
  private final Set<ProcessId> leaving = ConcurrentHashMap.newKeySet();
  /** The highest epoch that was seen: a set that begins again within a millisecond must not repeat one. */
  private long newest;
  private int users;

  private SetTable(HazelcastInstance member) {
    this.member = member;
    this.keeper = new SetKeeper(member, this);
  }

  /** Opens the table of a member, or joins those who have it open. */
  static SetTable open(HazelcastInstance member) {
    synchronized (OPEN) {
      SetTable table = OPEN.computeIfAbsent(member.getName(), name -> new SetTable(member));
      table.users++;
      return table;
    }
  }

  /** Lets go of it; the last user closes it. */
  void release() {
    synchronized (OPEN) {
      if (--users > 0) {
        return;
      }
      OPEN.remove(member.getName());
    }
    mine.clear();
    keeper.close();
  }

  IMap<String, Object> map() {
    return member.getMap(MAP);
  }

  void add(SetFeed feed) {
    feeds.add(feed);
  }

  void remove(SetFeed feed) {
    feeds.remove(feed);
  }

  /** The roll as it is. One that nobody can read counts as none, and is replaced by the next change. */
  SetRoll read(String uri) {
    return decode(map().get(uri));
  }

  private static SetRoll decode(Object stored) {
    try {
      return stored instanceof String text ? SetRoll.parse(text) : SetRoll.EMPTY;
    } catch (IllegalArgumentException e) {
      return SetRoll.EMPTY;
    }
  }

  SetRoll join(String uri, SetMember joining) {
    ProcessId process = joining.process();
    mine.compute(uri, (same, all) -> {
      Map<ProcessId, SetMember> here = all == null ? new ConcurrentHashMap<>() : all;
      here.put(process, joining);
      return here;
    });
    try {
      return change(uri, roll -> {
        if (roll.hasDied(process)) {
          throw new MpiException(ErrorClass.PROC_FAILED, "the process " + process + " was put out of the set " + uri
              + " as dead");
        }
        return roll.find(process).isPresent() ? roll : roll.with(joining.heldBy(keeper.self()));
      });
    } catch (MpiException e) {
      forget(uri, process);
      throw e;
    }
  }

  void remove(String uri, ProcessId process, boolean died) {
    leaving.add(process);
    forget(uri, process);
    try {
      change(uri, roll -> roll.find(process).isPresent() ? roll.without(Set.of(process), died) : roll);
    } finally {
      leaving.remove(process);
    }
  }

  private void forget(String uri, ProcessId process) {
    mine.computeIfPresent(uri, (same, all) -> {
      all.remove(process);
      return all.isEmpty() ? null : all;
    });
  }

  /** Replaces a roll by what becomes of it; nothing is written where it stays the same. */
  private SetRoll change(String uri, UnaryOperator<SetRoll> step) {
    IMap<String, Object> map = map();
    while (true) {
      Object old = map.get(uri);
      SetRoll before = decode(old);
      SetRoll after = step.apply(old == null ? new SetRoll(newest(0), List.of(), List.of()) : before);
      if (after.equals(before) || (old == null && after.members().isEmpty())) {
        return before;
      }
      if (swap(map, uri, old, after)) {
        newest(after.epoch());
        return after;
      }
    }
  }

  private synchronized long newest(long seen) {
    newest = Math.max(newest, seen);
    return newest;
  }

  private static boolean swap(IMap<String, Object> map, String uri, Object old, SetRoll next) {
    if (next.members().isEmpty()) {
      return map.remove(uri, old);
    }
    return old == null ? map.putIfAbsent(uri, next.encode()) == null : map.replace(uri, old, next.encode());
  }

  /**
   * Takes out, as dead, whose holder is gone, and who ended in this JVM while the store did not answer. Several may do
   * it at once.
   */
  void sweep() {
    String self = keeper.self();
    for (String uri : map().keySet()) {
      change(uri, roll -> {
        Set<ProcessId> dead = roll.members().stream()
            .filter(one -> one.holder().equals(self) ? isForgotten(uri, one.process()) : !keeper.lives(one.holder()))
            .map(SetMember::process).collect(Collectors.toSet());
        return dead.isEmpty() ? roll : roll.without(dead, true);
      });
    }
  }

  private boolean isForgotten(String uri, ProcessId process) {
    return !mine.getOrDefault(uri, Map.of()).containsKey(process) && !leaving.contains(process);
  }

  /** Puts back what joined here and the store has lost, and says who holds it now. */
  void reclaim() {
    String self = keeper.self();
    mine.forEach((uri, all) -> all.forEach((process, joined) -> {
      change(uri, roll -> {
        if (roll.hasDied(process)) {
          forget(uri, process);
          return roll;
        }
        if (roll.find(process).map(known -> known.holder().equals(self)).orElse(false)) {
          return roll;
        }
        return roll.find(process).isEmpty() ? roll.with(joined.heldBy(self))
            : new SetRoll(roll.epoch(), roll.members().stream()
                .map(one -> one.process().equals(process) ? one.heldBy(self) : one).toList(), roll.gone());
      });
      if (!mine.getOrDefault(uri, Map.of()).containsKey(process)) {
        // It left while we put it back.
        remove(uri, process, false);
      }
    }));
  }

  /** Somebody has come or gone: entries may have changed without a word. */
  void wake() {
    feeds.forEach(SetFeed::wake);
  }

  static MpiException explain(Throwable failure) {
    if (failure instanceof HazelcastInstanceNotActiveException) {
      return new MpiException(ErrorClass.SERVICE, "the process sets are gone: this process left its cluster", failure);
    }
    return failure instanceof HazelcastException
        ? new MpiException(ErrorClass.SERVICE, "the cluster does not answer for its process sets", failure)
        : MpiException.of(failure);
  }
}
