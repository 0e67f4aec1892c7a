package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Signs of life of those who published in the global scope: one entry for each client process, whatever the number of
 * its names. Names whose holder has no lease count as absent.
 *
 * <pre>
 *   vertx-mpi.leases:   holder (random UUID of the process)  ->  count of renewals, as text, with a time to live
 * </pre>
 *
 * <p>The client renews it every {@link #RENEWAL}. When a connection to a name server closes, that server notes the
 * count {@link #SETTLING} later, when what was still on its way has arrived, and removes the lease after {@link #GRACE}
 * more where the count has not moved: a client that reconnected, or still talks to another server, has renewed it by
 * then. So the names of a killed process are gone two seconds after its death, three with what a busy host adds. A
 * client whose servers died too, or whose host vanished without closing anything, loses its lease after
 * {@link #TIME_TO_LIVE}.
 */
final class Leases {

  static final String MAP = "vertx-mpi.leases";
  static final Duration RENEWAL = Duration.ofMillis(500);
  static final Duration SETTLING = Duration.ofMillis(300);
  static final Duration GRACE = Duration.ofMillis(1700);
  static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

  private static final String LABEL = "vertx-mpi.holder=";

  private Leases() {
  }

  static IMap<String, String> map(HazelcastInstance instance) {
    return instance.getMap(MAP);
  }

  /** What a client tells the servers about itself. */
  static String label(String holder) {
    return LABEL + holder;
  }

  static Optional<String> holder(Set<String> labels) {
    return labels.stream().filter(label -> label.startsWith(LABEL)).map(label -> label.substring(LABEL.length()))
        .findFirst();
  }
}
