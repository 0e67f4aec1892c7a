package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.map.IMap;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Names kept by the members of a cluster among themselves: the local scope. A holder is a member. When one leaves,
 * every other member that has the scope open removes its entries.
 */
final class MemberBackend implements NameBackend {

  /**
   * A holder that is no member may be one that this member has not heard of yet: the word that somebody joined reaches
   * all members at nearly the same time only.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MAX_ABSENT = 4096;

  private final HazelcastInstance member;
  private final String map;
  private final Map<String, Long> absentSince = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MAX_ABSENT;
    }
  };
  private UUID membership;
  private UUID lifecycle;

  MemberBackend(HazelcastInstance member, String scope) {
    this.member = member;
    this.map = NameTable.MAP_PREFIX + scope;
  }

  /** Begins to look after the names of members that leave. */
  void watch(NameTable table) {
    membership = member.getCluster().addMembershipListener(new MembershipListener() {
      @Override
      public void memberAdded(MembershipEvent event) {
        // The next question finds it among the members.
      }

      @Override
      public void memberRemoved(MembershipEvent event) {
        String holder = event.getMember().getUuid().toString();
        gone(holder);
        Background.run("tidy names", () -> {
          table.sweep(holder);
          // A member that ends before others had copies of its part of the map takes entries of theirs along.
          table.reclaim();
        });
      }
    });
    lifecycle = member.getLifecycleService().addLifecycleListener(event -> {
      if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
        // This member has a new id, and its entries name the old one.
        Background.run("reclaim names", table::reclaim);
      }
    });
  }

  private void gone(String holder) {
    synchronized (absentSince) {
      absentSince.put(holder, System.nanoTime() - PATIENCE.toNanos());
    }
  }

  @Override
  public IMap<String, Object> map() {
    return member.getMap(map);
  }

  @Override
  public String holder() {
    return member.getCluster().getLocalMember().getUuid().toString();
  }

  @Override
  public boolean lives(String holder) {
    boolean present = member.getCluster().getMembers().stream().anyMatch(m -> m.getUuid().toString().equals(holder));
    synchronized (absentSince) {
      if (present) {
        absentSince.remove(holder);
        return true;
      }
      long now = System.nanoTime();
      return now - absentSince.computeIfAbsent(holder, h -> now) < PATIENCE.toNanos();
    }
  }

  @Override
  public MpiException explain(Throwable failure) {
    if (failure instanceof HazelcastInstanceNotActiveException) {
      return new MpiException(ErrorClass.SERVICE, "names of the local scope are gone: this process left its cluster",
          failure);
    }
    return failure instanceof HazelcastException
        ? new MpiException(ErrorClass.SERVICE, "the cluster does not answer for names of the local scope", failure)
        : MpiException.of(failure);
  }

  @Override
  public String scope() {
    return "the local scope";
  }

  @Override
  public void close() {
    if (member.getLifecycleService().isRunning()) {
      // It may end just now.
      Background.quietly("stop watching members", () -> {
        member.getCluster().removeMembershipListener(membership);
        member.getLifecycleService().removeLifecycleListener(lifecycle);
      });
    }
  }
}
