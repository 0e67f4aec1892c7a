package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.vertxmpi.hazelcast.NameServerHealth;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a member what a publication would meet: whether the map answers decides, not what a setting says. */
final class HealthCheck {

  /** Who asks for health asks again soon. */
  private static final long DEADLINE_MILLIS = 2000;

  private HealthCheck() {
  }

  /** Settles within the deadline, always with a result. */
  static Future<NameServerHealth> of(HazelcastInstance member) {
    CompletableFuture<NameServerHealth> result = new CompletableFuture<>();
    Background.future("health", () -> look(member)).onComplete(looked -> {
      if (looked.succeeded()) {
        result.complete(looked.result());
      } else {
        result.completeExceptionally(looked.cause());
      }
    });
    return Future.fromCompletionStage(result.orTimeout(DEADLINE_MILLIS, TimeUnit.MILLISECONDS))
        .otherwise(failure -> NameServerHealth.unready(failure instanceof TimeoutException
            ? "no answer from the name servers within " + DEADLINE_MILLIS + " ms"
            : "the name server cannot answer: " + failure.getMessage()));
  }

  private static NameServerHealth look(HazelcastInstance member) {
    List<String> members = member.getCluster().getMembers().stream()
        .map(one -> new Endpoint(one.getAddress().getHost(), one.getAddress().getPort()).toString()).toList();
    boolean safe = member.getPartitionService().isClusterSafe();
    try {
      return new NameServerHealth(true, "", members, member.getMap(NameServers.MAP).size(), safe);
    } catch (SplitBrainProtectionException e) {
      return new NameServerHealth(false, "too few name servers see each other: " + members.size()
          + ", and more than half of all must", members, -1, safe);
    }
  }
}
