package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.client.Client;
import com.hazelcast.client.ClientListener;
import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the leases of clients that are gone, and removes the names of holders without a lease. Within three seconds of a
 * kill no lookup finds a name of the killed process: see {@link Leases}.
 */
final class LeaseReaper implements ClientListener {

  /** For leases that ran out, or that another server ended. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  /** Looks at leases until all names are looked at too: for what a server left that died while it swept. */
  private static final int LOOKS_PER_SWEEP = 600;

  private final HazelcastInstance member;
  private final Runnable watch;
  private final NameTable table;
  private final CountDownLatch closed = new CountDownLatch(1);
  /** Who had a lease at the last look. Confined to the thread that looks. */
  private Set<String> holders = Set.of();

  /**
   * Begins to look; the first time before it returns.
   *
   * @param watch done at each look
   */
  LeaseReaper(HazelcastInstance member, NameTable table, Runnable watch) {
    this.member = member;
    this.watch = watch;
    this.table = table;
    watch.run();
    member.getClientService().addClientListener(this);
    Background.run("sweep names", () -> {
      for (int look = 1; !closed(LOOK_EVERY); look++) {
        boolean all = look % LOOKS_PER_SWEEP == 0;
        Background.quietly("sweep names", () -> look(all));
      }
    });
  }

  private void look(boolean all) {
    watch.run();
    Set<String> now = Set.copyOf(Leases.map(member).keySet());
    holders.stream().filter(holder -> !now.contains(holder)).forEach(table::sweep);
    holders = now;
    if (all) {
      table.sweep();
    }
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
    if (closed(Leases.SETTLING)) {
      return;
    }
    String noted = Leases.map(member).get(holder);
    if (noted != null && !closed(Leases.GRACE) && Leases.map(member).remove(holder, noted)) {
      table.sweep(holder);
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
