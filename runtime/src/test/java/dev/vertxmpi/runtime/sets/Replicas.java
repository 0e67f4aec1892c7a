package dev.vertxmpi.runtime.sets;

import static dev.vertxmpi.runtime.comm.Waiting.all;
import static dev.vertxmpi.runtime.comm.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.process.SetSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Replicas of one service in one JVM, and what they do together. */
final class Replicas implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final String uri = "svc://" + UUID.randomUUID();
  private final int before = InJvmSetService.count();

  Vertx vertx() {
    return vertx;
  }

  String uri() {
    return uri;
  }

  Replica add() {
    return Replica.deploy(vertx, uri);
  }

  Replica add(String link) {
    return Replica.deploy(vertx, uri, Replica.options().setLinks(List.of(link)));
  }

  /** The snapshot that all of them see, and nobody else is in. */
  static SetSnapshot together(Replica... members) {
    SetSnapshot now = members[0].sees(members);
    Arrays.stream(members).forEach(member -> assertEquals(now, member.sees(members)));
    return now;
  }

  static void untilTold(Replica replica, SetSnapshot now) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !replica.changes.isEmpty()
        && replica.changes.getLast().now().epoch() >= now.epoch());
  }

  static List<Future<Intracommunicator>> make(SetSnapshot of, Replica... members) {
    return Arrays.stream(members).map(member -> member.set.communicator(of)).toList();
  }

  static List<Integer> sums(List<Intracommunicator> comms) {
    return all(comms.stream().map(comm -> comm.allreduce(comm.rank() + 1, Op.SUM)).toList());
  }

  /** Ends them all; fails where a set is left behind. */
  @Override
  public void close() {
    await(vertx.close());
    Awaitility.await().untilAsserted(() -> assertEquals(before, InJvmSetService.count()));
  }
}
