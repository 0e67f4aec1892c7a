package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How long a call is repeated that failed for a reason which passes: a server died, or is cut off and not yet taken for
 * gone; a server that is not heard of by the others yet refuses. One for each call; for one thread.
 */
final class Patience {

  /** Longer than servers take to do without one that fell silent, and shorter than a call may take. */
  static final Duration LIMIT = Duration.ofSeconds(12);
  /** A server that belongs to a majority after all knows by then. */
  private static final Duration REFUSED_LIMIT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final long began = System.nanoTime();

  /** Repeats what may be done twice. */
  static <T> T with(Supplier<T> call) {
    Patience patience = new Patience();
    while (true) {
      try {
        return call.get();
      } catch (RuntimeException e) {
        patience.suffer(e);
      }
    }
  }

  /**
   * Pauses, or throws the failure where trying again is no use, or was tried for long enough.
   *
   * @param failure of an attempt
   */
  void suffer(RuntimeException failure) {
    if (!passes(failure) || System.nanoTime() - began > limit(failure).toNanos()) {
      throw failure;
    }
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  private static boolean passes(RuntimeException failure) {
    // A client that went down is replaced by the next attempt.
    return failure instanceof HazelcastException || failure instanceof HazelcastClientNotActiveException;
  }

  private static Duration limit(RuntimeException failure) {
    return failure instanceof SplitBrainProtectionException ? REFUSED_LIMIT : LIMIT;
  }
}
