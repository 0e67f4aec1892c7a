package dev.vertxmpi.runtime.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;

/** One game with one victim, of the same job, that is stopped or cut off instead of killed. */
final class Match implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final UUID job = UUID.randomUUID();
  final Tally tally = new Tally();
  final VictimProcess victim;
  final Player me;
  private final long failureMillis;

  /**
   * Begins the game.
   *
   * @param vertx of the survivor
   * @param victim started, at another host
   * @param link of both
   * @param host where the survivor listens
   * @param victimHost where the victim listens
   * @param failureMillis how long silence is trusted
   */
  Match(Vertx vertx, VictimProcess victim, String link, String host, String victimHost, long failureMillis)
      throws IOException, InterruptedException {
    this.victim = victim;
    this.failureMillis = failureMillis;
    this.me = Player.open(vertx, Player.options(link, host, failureMillis), job).await();
    try {
      begin(link, victimHost);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void begin(String link, String host) throws IOException, InterruptedException {
    Rank rank = me.rank(Player.survivor(job, 1));
    victim.said("ready");
    victim.order(JsonObject.of("link", link, "host", host, "failure", failureMillis, "round", 1, "seed", 7,
        "job", job.toString(), "survivor", me.node.address().toJson()));
    me.node.introduce(other(), NodeAddress.fromJson(new JsonObject(victim.said("node"))));
    Game.play(Player.world(rank, rank.id(), other()), 7, tally);
    shouldGoOn();
  }

  ProcessId other() {
    return Player.victim(job, 1);
  }

  private int successes() {
    return tally.outcomes().getOrDefault("success", 0);
  }

  /** The game is under way. */
  void shouldGoOn() {
    int before = successes();
    try {
      await().atMost(PATIENCE).until(() -> successes() > before + 50 || tally.outcomes().size() > 1);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("stuck: " + tally.outcomes() + ", " + tally.pending() + " under way, " + me.node
          + ", " + me.node.traffic(), e);
    }
    assertEquals(Set.of("success"), tally.outcomes().keySet(), () -> tally.messages().toString());
  }

  /** Lets some times of the failure timeout pass. */
  void pass(double times) {
    me.vertx.timer((long) (times * failureMillis)).await();
  }

  /** All that needs the victim has failed within the bound: one silence, one question. */
  void shouldFailInTime() {
    await().atMost(Duration.ofMillis(2 * failureMillis).plusSeconds(2)).until(() -> tally.pending() == 0);
    assertEquals(Set.of("success", "PROC_FAILED"), tally.outcomes().keySet(), () -> tally.messages().toString());
    assertTrue(me.node.isGone(other()));
  }

  /** The victim learns that it is dead, and ends all that it has. */
  void shouldTellTheVictim() throws InterruptedException {
    String verdict = victim.said("verdict");
    assertTrue(verdict.startsWith("this process was declared dead by the node " + me.node.address().id()), verdict);
    JsonObject end = settled();
    assertTrue(end.getJsonObject("messages").getString("PROC_FAILED").contains(verdict), end::encode);
    assertTrue(me.node.verdict().isEmpty());
  }

  /** How the operations of the victim have ended. */
  JsonObject settled() throws InterruptedException {
    JsonObject end = new JsonObject(victim.said("settled"));
    assertTrue(Set.of("success", "PROC_FAILED").containsAll(end.getJsonObject("outcomes").fieldNames()), end::encode);
    return end;
  }

  @Override
  public void close() {
    victim.close();
    me.node.leave(Player.survivor(job, 1)).await();
    me.node.close().await();
  }
}
