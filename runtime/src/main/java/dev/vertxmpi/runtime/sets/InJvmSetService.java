package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.SetMember;
import dev.vertxmpi.spi.SetRoll;
import dev.vertxmpi.spi.SetService;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The sets of this JVM, for processes that are ranks of it and whose {@code Vertx} is not clustered. Nobody is killed
 * here alone: members go when their ranks say so.
 */
public final class InJvmSetService implements SetService {

  private static final class Entry {
    private SetRoll roll = SetRoll.EMPTY;
    private final Set<Consumer<SetRoll>> watchers = new LinkedHashSet<>();
  }

  /** All sets that have members, or are watched. Listeners are told under its lock, so in order. */
  private static final Map<String, Entry> SETS = new HashMap<>();
  /** A set that begins again within a millisecond must not begin with an epoch that it had. Guarded by the map. */
  private static long newest;

  private final Set<Runnable> watches = new LinkedHashSet<>();
  private boolean closed;

  /** Opens the sets of this JVM. */
  public InJvmSetService() {
  }

  /** The number of sets in use in this JVM. */
  static int count() {
    synchronized (SETS) {
      return SETS.size();
    }
  }

  @Override
  public Future<SetRoll> join(String uri, SetMember member) {
    synchronized (SETS) {
      if (closed) {
        return closing();
      }
      Entry entry = SETS.computeIfAbsent(uri, none -> new Entry());
      if (entry.roll.hasDied(member.process())) {
        return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "the process " + member.process()
            + " was put out of the set " + uri + " as dead"));
      }
      if (entry.roll.find(member.process()).isEmpty()) {
        SetRoll base = entry.roll.epoch() > 0 ? entry.roll : new SetRoll(newest, List.of(), List.of());
        change(uri, entry, base.with(member.heldBy("")));
      }
      return Future.succeededFuture(entry.roll);
    }
  }

  @Override
  public Future<Void> remove(String uri, ProcessId process, boolean died) {
    synchronized (SETS) {
      if (closed) {
        return closing();
      }
      Entry entry = SETS.get(uri);
      if (entry != null && entry.roll.find(process).isPresent()) {
        change(uri, entry, entry.roll.without(Set.of(process), died));
      }
      return Future.succeededFuture();
    }
  }

  private static void change(String uri, Entry entry, SetRoll next) {
    newest = Math.max(newest, next.epoch());
    entry.roll = next;
    List.copyOf(entry.watchers).forEach(watcher -> watcher.accept(next));
    tidy(uri, entry);
  }

  private static void tidy(String uri, Entry entry) {
    if (entry.roll.members().isEmpty() && entry.watchers.isEmpty()) {
      SETS.remove(uri);
    }
  }

  @Override
  public Future<Runnable> watch(String uri, Consumer<SetRoll> listener) {
    synchronized (SETS) {
      if (closed) {
        return closing();
      }
      Consumer<SetRoll> watcher = listener::accept;
      Entry entry = SETS.computeIfAbsent(uri, none -> new Entry());
      entry.watchers.add(watcher);
      watcher.accept(entry.roll);
      Runnable stop = new Runnable() {
        @Override
        public void run() {
          synchronized (SETS) {
            watches.remove(this);
            if (entry.watchers.remove(watcher)) {
              tidy(uri, entry);
            }
          }
        }
      };
      watches.add(stop);
      return Future.succeededFuture(stop);
    }
  }

  private static <T> Future<T> closing() {
    return Future.failedFuture(new MpiException(ErrorClass.SERVICE, "the store of process sets is closed"));
  }

  @Override
  public Future<Void> close() {
    synchronized (SETS) {
      closed = true;
      List.copyOf(watches).forEach(Runnable::run);
    }
    return Future.succeededFuture();
  }
}
