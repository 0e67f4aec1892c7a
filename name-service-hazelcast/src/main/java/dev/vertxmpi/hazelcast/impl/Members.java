package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Which Hazelcast member belongs to which Vert.x. Those that this module clustered are known; of others Vert.x's public
 * API does not tell, so a member is borrowed only where it is the single candidate in this JVM.
 */
final class Members {

  private record Known(String name, WeakReference<HazelcastInstance> member) {
  }

  private static final Map<Vertx, Known> OF_VERTX = new WeakHashMap<>();
  private static final Set<String> NAME_SERVERS = new HashSet<>();

  private Members() {
  }

  static synchronized void belongs(HazelcastInstance member, Vertx vertx) {
    OF_VERTX.put(vertx, new Known(member.getName(), new WeakReference<>(member)));
  }

  static synchronized void serves(String name) {
    NAME_SERVERS.add(name);
  }

  static synchronized void servesNoMore(String name) {
    NAME_SERVERS.remove(name);
  }

  /** Vert.x marks its members so, and takes none without the mark. Others are the application's, for what it likes. */
  private static boolean carriesVertx(HazelcastInstance member) {
    return member.getCluster().getLocalMember().getAttribute("__vertx.nodeId") != null;
  }

  static synchronized Optional<HazelcastInstance> of(Vertx vertx) {
    if (!vertx.isClustered()) {
      return Optional.empty();
    }
    Known known = OF_VERTX.get(vertx);
    if (known != null) {
      return Optional.ofNullable(known.member.get()).filter(member -> member.getLifecycleService().isRunning());
    }
    Set<String> taken = new HashSet<>(NAME_SERVERS);
    OF_VERTX.values().forEach(other -> taken.add(other.name));
    List<HazelcastInstance> candidates = Hazelcast.getAllHazelcastInstances().stream()
        .filter(member -> member.getLifecycleService().isRunning() && !taken.contains(member.getName())
            && carriesVertx(member)).toList();
    return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
  }
}
