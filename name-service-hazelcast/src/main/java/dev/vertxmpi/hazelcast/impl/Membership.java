package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Who is in a cluster, as one of its members sees it. A holder of entries is a member, by its id. Thread-safe. */
final class Membership {

  /**
   * A holder that is no member may be one that this member has not heard of yet: the word that somebody joined reaches
   * all members at nearly the same time only.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MAX_ABSENT = 4096;

  private final HazelcastInstance member;
  private final Map<String, Long> absentSince = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MAX_ABSENT;
    }
  };
  private final UUID membership;
  private final UUID lifecycle;

  /**
   * Begins to listen.
   *
   * @param removed told of each holder that has left, on a thread of Hazelcast: must not block
   * @param merged told, likewise, when this member has come over from another part of a cluster that was cut: it has a
   *     new id then, and its entries name the old one
   */
  Membership(HazelcastInstance member, Consumer<String> removed, Runnable merged) {
    this.member = member;
    this.membership = member.getCluster().addMembershipListener(new MembershipListener() {
      @Override
      public void memberAdded(MembershipEvent event) {
        // The next question finds it among the members.
      }

      @Override
      public void memberRemoved(MembershipEvent event) {
        String holder = id(event.getMember());
        synchronized (absentSince) {
          absentSince.put(holder, System.nanoTime() - PATIENCE.toNanos());
        }
        removed.accept(holder);
      }
    });
    this.lifecycle = member.getLifecycleService().addLifecycleListener(event -> {
      if (event.getState() == LifecycleState.MERGED) {
        merged.run();
      }
    });
  }

  private static String id(Member member) {
    return member.getUuid().toString();
  }

  /** This process among the holders. */
  String self() {
    return id(member.getCluster().getLocalMember());
  }

  /** Whether a holder is still there, or may be about to be known. */
  boolean lives(String holder) {
    boolean present = member.getCluster().getMembers().stream().anyMatch(one -> id(one).equals(holder));
    synchronized (absentSince) {
      if (present) {
        absentSince.remove(holder);
        return true;
      }
      long now = System.nanoTime();
      return now - absentSince.computeIfAbsent(holder, first -> now) < PATIENCE.toNanos();
    }
  }

  /** Stops listening. */
  void close() {
    if (member.getLifecycleService().isRunning()) {
      // It may end just now.
      Background.quietly("stop watching members", () -> {
        member.getCluster().removeMembershipListener(membership);
        member.getLifecycleService().removeLifecycleListener(lifecycle);
      });
    }
  }
}
