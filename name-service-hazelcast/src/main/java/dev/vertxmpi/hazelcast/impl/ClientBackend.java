package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.PublishingKey;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names kept by name servers: the global scope. The holder is this process, which renews its lease from the first
 * publication on. A store that has lost the lease, by a restart or because this process was stopped for long, has lost
 * the names too, and gets them back.
 */
final class ClientBackend implements NameBackend {

  private final NameClient client;
  private final PublishingKey key;
  private final String holder = UUID.randomUUID().toString();
  private final AtomicLong renewals = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private Rounds rounds;
  private volatile boolean held;

  /**
   * Connects to nobody yet.
   *
   * @param key signs what is published; null for none
   */
  ClientBackend(List<Endpoint> servers, PublishingKey key) {
    this.key = key;
    this.client = new NameClient(servers, holder);
  }

  /**
   * Begins to keep the lease alive, and the names: a server may lose them and keep the lease. These are two loops: to
   * look for a million names takes longer than a lease lives.
   */
  void watch(NameTable table) {
    rounds = new Rounds("keep names", table::reclaim);
    rounds.begin();
    Background.run("renew the lease", () -> {
      while (!closed(Leases.RENEWAL.toMillis())) {
        if (table.publishes()) {
          Background.quietly("renew the lease", this::renew);
        }
      }
    });
  }

  private void renew() {
    HazelcastInstance connected = client.connected();
    String before = Leases.map(connected).put(holder, String.valueOf(renewals.incrementAndGet()),
        Leases.TIME_TO_LIVE.toMillis(), TimeUnit.MILLISECONDS);
    if (held && before == null) {
      // The names went with the lease.
      rounds.hurry();
    }
    held = true;
  }

  private boolean closed(long waitMillis) {
    try {
      return closed.await(waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public IMap<String, Object> map() {
    return client.connected().getMap(NameServers.MAP);
  }

  /** {@inheritDoc} Renews the lease, so that an entry is never there before it. */
  @Override
  public String holder() {
    renew();
    return holder;
  }

  @Override
  public String seal(String service, String value) {
    return key == null ? value : Seal.put(key, service, value);
  }

  @Override
  public boolean trusts(String service, String stored) {
    return Seal.fits(service, stored) && (key == null || Seal.holds(key, stored));
  }

  /** {@inheritDoc} Of ourselves we know, without a call for each of our names. */
  @Override
  public boolean lives(String other) {
    return other.equals(holder) || Leases.map(client.connected()).containsKey(other);
  }

  @Override
  public MpiException explain(Throwable failure) {
    if (failure instanceof SplitBrainProtectionException) {
      return new MpiException(ErrorClass.SERVICE,
          "too few name servers see each other to answer: more than half of them must", failure);
    }
    if (failure instanceof IndeterminateOperationStateException) {
      return new MpiException(ErrorClass.SERVICE, "not all name servers that keep this name have confirmed; what is not"
          + " done yet will not be done", failure);
    }
    if (failure instanceof SecurityException) {
      return new MpiException(ErrorClass.ACCESS, failure.getMessage() + "; this process has "
          + (key == null ? "none (VERTX_MPI_PUBLISHING_KEY_FILE, VERTX_MPI_PUBLISHING_KEY)" : "another"), failure);
    }
    boolean unreachable = failure instanceof HazelcastException || failure instanceof IllegalStateException;
    return unreachable ? client.unreachable(failure) : MpiException.of(failure);
  }

  @Override
  public String scope() {
    return "the global scope";
  }

  @Override
  public void close() {
    closed.countDown();
    rounds.close();
    if (held && client.isConnected()) {
      Background.quietly("give the lease back", () -> Leases.map(client.connected()).delete(holder));
    }
    client.close();
  }
}
