package dev.vertxmpi.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** What must not stay. */
public final class Leaks {

  private Leaks() {
  }

  /** Threads end a little after what they worked for; then there must be none. */
  public static void assertNoHazelcastThreads() {
    Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertEquals(List.of(), hazelcastThreads()));
  }

  private static List<String> hazelcastThreads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
        .filter(name -> name.startsWith("hz.") || name.contains("azelcast") || name.startsWith("vert.x-"))
        // vertx-hazelcast 5.1 never ends this one: an idle daemon for each Vert.x that had consumers.
        .filter(name -> !name.equals("vertx-hazelcast-service-throttling-thread"))
        .sorted().toList();
  }
}
