package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks after the process sets of a cluster for one of its members: takes out those whose member has gone, at once and
 * once more at times, and puts back what the cluster has lost. A holder is a member of the cluster.
 */
final class SetKeeper implements MembershipListener {

  private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);
  /** A holder that is no member may be one that this member has not heard of yet. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MAX_ABSENT = 4096;

  private final HazelcastInstance member;
  private final SetTable table;
  private final Map<String, Long> absentSince = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MAX_ABSENT;
    }
  };
  private final CountDownLatch closed = new CountDownLatch(1);
  private final UUID membership;
  private final UUID lifecycle;

  SetKeeper(HazelcastInstance member, SetTable table) {
    this.member = member;
    this.table = table;
    this.membership = member.getCluster().addMembershipListener(this);
    this.lifecycle = member.getLifecycleService().addLifecycleListener(event -> {
      if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
        // This member has a new id, and its entries name the old one.
        Background.run("reclaim process sets", table::reclaim);
      }
    });
    Background.run("sweep process sets", () -> {
      while (!waited(SWEEP_EVERY)) {
        Background.quietly("sweep process sets", this::tidy);
      }
    });
  }

  /** Who this process is among the holders. */
  String self() {
    return member.getCluster().getLocalMember().getUuid().toString();
  }

  boolean lives(String holder) {
    boolean present = member.getCluster().getMembers().stream().anyMatch(m -> m.getUuid().toString().equals(holder));
    synchronized (absentSince) {
      if (present) {
        absentSince.remove(holder);
        return true;
      }
      long now = System.nanoTime();
      return now - absentSince.computeIfAbsent(holder, first -> now) < PATIENCE.toNanos();
    }
  }

  private void tidy() {
    table.sweep();
    table.reclaim();
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    // The next question finds it among the members.
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    synchronized (absentSince) {
      absentSince.put(event.getMember().getUuid().toString(), System.nanoTime() - PATIENCE.toNanos());
    }
    Background.run("tidy process sets", () -> {
      tidy();
      table.wake();
    });
  }

  private boolean waited(Duration wait) {
    try {
      return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void close() {
    closed.countDown();
    if (member.getLifecycleService().isRunning()) {
      // It may end just now.
      Background.quietly("stop keeping process sets", () -> {
        member.getCluster().removeMembershipListener(membership);
        member.getLifecycleService().removeLifecycleListener(lifecycle);
      });
    }
  }
}
