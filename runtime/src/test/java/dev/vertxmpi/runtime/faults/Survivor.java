package dev.vertxmpi.runtime.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.runtime.port.Ports;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The process that goes on: plays a round with each victim, kills it and looks at what is left. */
final class Survivor implements AutoCloseable {

  /** What an operation that needs the dead may end with. */
  private static final Set<String> ALLOWED = Set.of("success", "PROC_FAILED");

  /** A victim may live for so long after it has begun, or after the first operation has worked. */
  private static final int LIFE_MILLIS = 200;

  private final UUID job = UUID.randomUUID();
  private final String link;
  private final Player me;
  private final Random random;
  private final TreeMap<String, Integer> outcomes = new TreeMap<>();
  private final String untouched;
  /** Where victims have kept their files. */
  private final List<Path> graves = new ArrayList<>();
  private long slowestMillis;

  Survivor(Vertx vertx, String link, String host, long failureMillis, long seed) {
    this.link = link;
    this.me = Player.open(vertx, Player.options(link, host, failureMillis), job).await();
    this.random = new Random(seed);
    // The first port makes a door that stays.
    Rank doorman = me.rank(Player.survivor(job, 0));
    Ports ports = me.ports(doorman);
    ports.openPort(new PortOptions()).await();
    ports.close().await();
    me.node.leave(doorman.id()).await();
    await().until(() -> me.node.toString().endsWith("keys=1]"));
    this.untouched = me.node.toString();
  }

  /** How long it may take until everything that needs a dead peer has failed: one silence, one question. */
  private Duration bound() {
    return me.options.getFailureTimeout().multipliedBy(2);
  }

  private JsonObject order(int round) {
    return JsonObject.of("link", link, "host", me.options.getHost(), "failure",
        me.options.getFailureTimeout().toMillis(), "round", round, "seed", random.nextLong());
  }

  /** A round with a member of the own job, or with a client of a port. */
  void round(int round, VictimProcess victim) throws IOException, InterruptedException {
    Rank rank = me.rank(Player.survivor(job, round));
    if (round % 3 == 2) {
      serve(rank, victim);
    } else {
      share(rank, victim);
    }
    me.node.leave(rank.id()).await();
    // A port that was closed keeps its key for a moment.
    await().untilAsserted(() -> assertEquals(keyless(untouched), keyless(me.node.toString()), "round " + round));
  }

  private static String keyless(String node) {
    return node.replaceAll(", keys=\\d+", "");
  }

  private void share(Rank rank, VictimProcess victim) throws IOException, InterruptedException {
    int round = rank.id().incarnation();
    JsonObject order = order(round).put("job", job.toString()).put("survivor", me.node.address().toJson());
    ProcessId other = Player.victim(job, round);
    victim.order(order);
    me.node.introduce(other, NodeAddress.fromJson(place(victim)));
    Tally tally = new Tally();
    Intracommunicator pair = Player.world(rank, rank.id(), other);
    String unshared = held();
    Future<Window> window = Game.play(pair, order.getLong("seed"), tally);
    killAndWait(round, victim, tally);
    assertTrue(me.node.isGone(other));
    if (window.succeeded()) {
      Tally end = new Tally();
      end.track(window.result().free());
      await().until(() -> end.pending() == 0);
    }
    await().untilAsserted(() -> assertEquals(unshared, held(), "round " + round));
  }

  /** Where a victim is; remembers what it has made there. */
  private JsonObject place(VictimProcess victim) throws InterruptedException {
    JsonObject node = new JsonObject(victim.said("node"));
    Optional.ofNullable(node.getJsonObject("endpoints").getString("shm")).map(Path::of).ifPresent(graves::add);
    return node;
  }

  /** What the ranks hold here; not who is known and linked. */
  private String held() {
    return keyless(me.node.toString()).replaceAll("(processes|links)=\\d+", "");
  }

  private void serve(Rank rank, VictimProcess victim) throws IOException, InterruptedException {
    int round = rank.id().incarnation();
    Ports ports = me.ports(rank);
    Port port = ports.openPort(new PortOptions()).await();
    JsonObject order = order(round).put("port", port.name());
    Tally tally = new Tally();
    Tally accepting = new Tally();
    Future<Intercommunicator> accept = accepting.track(Player.world(rank, rank.id()).accept(port));
    accept.onSuccess(connection -> Game.play(connection, true, order.getLong("seed"), tally));
    victim.order(order);
    place(victim);
    killAndWait(round, victim, tally);
    // Where the victim died too early, nobody has come to the port, and nobody will.
    ports.close().await();
    await().until(() -> accepting.pending() == 0);
    await().atMost(bound()).until(() -> tally.pending() == 0);
    note(round, tally);
  }

  private void killAndWait(int round, VictimProcess victim, Tally tally) {
    if (random.nextBoolean()) {
      await().pollInterval(Duration.ofMillis(2)).until(tally::isUnderWay);
    }
    me.vertx.timer(1 + random.nextInt(LIFE_MILLIS)).await();
    victim.kill();
    long killed = System.nanoTime();
    await().pollInterval(Duration.ofMillis(1)).atMost(bound()).until(() -> tally.pending() == 0);
    slowestMillis = Math.max(slowestMillis, (System.nanoTime() - killed) / 1_000_000);
    note(round, tally);
  }

  private void note(int round, Tally tally) {
    tally.outcomes().forEach((name, count) -> {
      assertTrue(ALLOWED.contains(name), () -> "round " + round + ": " + tally.messages());
      outcomes.merge(name, count, Integer::sum);
    });
  }

  /** What the rounds were like; the node is as it was before. */
  String summary() {
    await().untilAsserted(() -> assertEquals(untouched, me.node.toString()));
    // Who died before anybody knew it is cleared away by the next who comes.
    Player.open(me.vertx, me.options, job).await().node.close().await();
    await().untilAsserted(() -> assertEquals(List.of(), graves.stream().filter(Files::exists).toList()));
    return outcomes + ", slowest " + slowestMillis + " ms after the kill";
  }

  @Override
  public void close() {
    me.node.close().await();
  }
}
