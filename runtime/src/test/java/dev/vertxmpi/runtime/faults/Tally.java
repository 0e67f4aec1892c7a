package dev.vertxmpi.runtime.faults;

import dev.vertxmpi.MpiException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.TreeMap;

/** Counts Futures that are under way, and how the others ended. */
public final class Tally {

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final Map<String, String> messages = new TreeMap<>();
  private int pending;

  /** Counts a Future. */
  public <T> Future<T> track(Future<T> future) {
    synchronized (this) {
      pending++;
    }
    // Handlers that begin more run before: so nothing is pending only when nothing more comes.
    Promise<T> settled = Promise.promise();
    future.onComplete(outcome -> {
      settled.handle(outcome);
      note(outcome);
    });
    return settled.future();
  }

  private synchronized void note(AsyncResult<?> outcome) {
    String name = outcome.succeeded() ? "success"
        : outcome.cause() instanceof MpiException known ? known.errorClass().name() : outcome.cause().toString();
    outcomes.merge(name, 1, Integer::sum);
    if (outcome.failed()) {
      messages.put(name, outcome.cause().getMessage());
    }
    pending--;
    notifyAll();
  }

  /** Futures that have not settled. */
  public synchronized int pending() {
    return pending;
  }

  /** Whether something has worked, or cannot any more. */
  public synchronized boolean isUnderWay() {
    return !outcomes.isEmpty();
  }

  /** How many ended how: {@code success} or an error class. */
  public synchronized Map<String, Integer> outcomes() {
    return new TreeMap<>(outcomes);
  }

  /** The last message of each error class. */
  public synchronized Map<String, String> messages() {
    return new TreeMap<>(messages);
  }

  /** Waits until one has failed and nothing is under way. */
  public synchronized void awaitEnd() throws InterruptedException {
    while (pending > 0 || messages.isEmpty()) {
      wait();
    }
  }
}
