package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.client.Client;
import com.hazelcast.client.ClientListener;
import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends the leases of clients that are gone, and removes the names of holders without a lease. */
final class LeaseReaper implements ClientListener {

  private static final Duration SWEEP_EVERY = Duration.ofSeconds(2);

  private final HazelcastInstance member;
  private final NameTable table;
  private final CountDownLatch closed = new CountDownLatch(1);

  LeaseReaper(HazelcastInstance member, NameTable table) {
    this.member = member;
    this.table = table;
    member.getClientService().addClientListener(this);
    Background.run("sweep names", () -> {
      while (!closed(SWEEP_EVERY)) {
        Background.quietly("sweep names", table::sweep);
      }
    });
  }

  @Override
  public void clientConnected(Client client) {
    // Its lease says more than its connection.
  }

  @Override
  public void clientDisconnected(Client client) {
    Leases.holder(client.getLabels()).ifPresent(holder -> Background.run("end a lease", () -> end(holder)));
  }

  private void end(String holder) {
    String noted = Leases.map(member).get(holder);
    if (noted != null && !closed(Leases.GRACE) && Leases.map(member).remove(holder, noted)) {
      table.sweep();
    }
  }

  /** Waits, and says whether to stop. */
  private boolean closed(Duration wait) {
    try {
      return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void close() {
    closed.countDown();
  }
}
