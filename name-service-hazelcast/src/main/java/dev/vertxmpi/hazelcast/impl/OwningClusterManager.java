package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Completable;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A cluster manager that takes the member along when it leaves; the plain one leaves a given member running.
 *
 * <p>It has left when nobody waits for a look-up of an address any more. Such a look-up, for a message to a node that
 * has just died, say, can last until the member ends, and the event loops end right after that: its answer would be
 * thrown at a worker.
 */
final class OwningClusterManager extends HazelcastClusterManager {

  private static final long MOST_MILLIS = 1000;

  private final HazelcastInstance member;
  /** Under way. Guarded by this. */
  private int lookups;

  OwningClusterManager(HazelcastInstance member) {
    super(member);
    this.member = member;
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
    count(1);
    super.getRegistrations(address, (registrations, failure) -> {
      count(-1);
      promise.complete(registrations, failure);
    });
  }

  private synchronized void count(int change) {
    lookups += change;
    notifyAll();
  }

  @Override
  public void leave(Completable<Void> promise) {
    super.leave((nothing, failure) -> Background.run("leave the cluster", () -> {
      try {
        member.shutdown();
        awaitLookups();
      } finally {
        promise.complete(null, failure);
      }
    }));
  }

  /** The member is down, so they come to an end. */
  private synchronized void awaitLookups() {
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
    try {
      for (long left = MOST_MILLIS; lookups > 0 && left > 0; left = (limit - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
