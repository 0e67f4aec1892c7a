package dev.vertxmpi.runtime.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SIGKILL at random moments, again and again: everything that needs the dead fails in time, and nothing is left behind.
 *
 * <p>{@code -Dvertx-mpi.test.kills} says how often in the slow form, {@code -Dvertx-mpi.test.seed} begins the random
 * numbers.
 */
class KillIT {

  private static final int FEW = 20;
  private static final int MANY = Integer.getInteger("vertx-mpi.test.kills", 1000);
  private static final long SEED = Long.getLong("vertx-mpi.test.seed", 42);
  private static final long FAILURE_MILLIS = 5000;

  /** So many victims are started ahead: a JVM takes longer to start than to die. */
  private static final int AHEAD = 2;

  /** The links between processes that share no cluster. */
  static List<String> links() {
    return Links.betweenProcesses().stream().filter(link -> !link.equals("bus")).toList();
  }

  @ParameterizedTest(name = "over {0}")
  @MethodSource("links")
  void shouldFailInTimeAndLeaveNothingBehind(String link) throws IOException, InterruptedException {
    rounds(link, FEW);
  }

  @ParameterizedTest(name = "over {0}")
  @MethodSource("links")
  @Tag("slow")
  void shouldFailInTimeAndLeaveNothingBehindManyTimes(String link) throws IOException, InterruptedException {
    rounds(link, MANY);
  }

  private static void rounds(String link, int count) throws IOException, InterruptedException {
    // Each sort of round once, so that what a JVM opens for good is open.
    play(link, 3);
    Leftovers before = Leftovers.now();
    String summary = play(link, count);
    System.out.println(count + " kills over " + link + ": " + summary);
    await().untilAsserted(() -> assertEquals(before, Leftovers.now()));
  }

  private static String play(String link, int count) throws IOException, InterruptedException {
    Queue<VictimProcess> ready = new ArrayDeque<>();
    Vertx vertx = Vertx.vertx();
    try (Survivor survivor = new Survivor(vertx, link, "127.0.0.1", FAILURE_MILLIS, SEED)) {
      for (int round = 1; round <= count; round++) {
        while (ready.size() < Math.min(AHEAD, count - round + 1)) {
          ready.add(VictimProcess.start(List.of(), List.of()));
        }
        try (VictimProcess victim = ready.remove()) {
          victim.said("ready");
          survivor.round(round, victim);
        }
      }
      return survivor.summary();
    } finally {
      ready.forEach(VictimProcess::close);
      vertx.close().await();
    }
  }
}
