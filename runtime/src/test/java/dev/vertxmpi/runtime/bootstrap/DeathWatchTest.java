package dev.vertxmpi.runtime.bootstrap;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.node.Nodes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeathWatchTest {

  private static final int SIZE = 5;

  private final UUID job = UUID.randomUUID();
  private final Group group =
      new Group(IntStream.range(0, SIZE).mapToObj(rank -> new ProcessId(job, rank, 0)).toList());
  private final List<Node> nodes = new ArrayList<>();
  private final List<DeathWatch> watches = new ArrayList<>();
  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    for (int rank = 0; rank < SIZE; rank++) {
      nodes.add(Nodes.open(vertx, new MpiOptions().setLinks(List.of("tcp")), new byte[32], job).await());
    }
    Places places = new Places(group, nodes.stream().map(Node::address).toList());
    for (int rank = 0; rank < SIZE; rank++) {
      places.introduceTo(nodes.get(rank));
      watches.add(DeathWatch.begin(vertx, nodes.get(rank), group, rank).await());
    }
  }

  @AfterEach
  void close() {
    Future.join(watches.stream().map(DeathWatch::stop).toList()).await();
    Future.join(nodes.stream().map(Node::close).toList()).eventually(vertx::close).await();
  }

  private void end(int rank) {
    watches.get(rank).stop().await();
    nodes.get(rank).close().await();
  }

  private void assertAllKnow(List<Integer> gone) {
    for (int rank = 0; rank < SIZE; rank++) {
      if (!gone.contains(rank)) {
        Node node = nodes.get(rank);
        await().untilAsserted(() -> assertEquals(gone,
            IntStream.range(0, SIZE).filter(other -> node.isGone(group.get(other))).boxed().toList()));
      }
    }
  }

  @Test
  void shouldTellAllOfADeathThatNobodyElseSees() {
    end(2);
    assertAllKnow(List.of(2));
  }

  @Test
  void shouldTellAllOfAGoodbyeThatNobodyElseHears() {
    nodes.get(2).leave(group.get(2)).await();
    end(2);
    assertAllKnow(List.of(2));
  }

  @Test
  void shouldNotTellWhoEndsTogether() {
    Queue<Object> told = new ConcurrentLinkedQueue<>();
    vertx.eventBus().consumer("vertx-mpi.job." + job + ".deaths", message -> told.add(message.body())).completion()
        .await();
    Future.join(IntStream.range(0, SIZE).mapToObj(rank -> nodes.get(rank).leave(group.get(rank))).toList()).await();
    Future.join(watches.stream().map(DeathWatch::stop).toList()).await();
    vertx.timer(1, TimeUnit.SECONDS).await();
    assertEquals(List.of(), List.copyOf(told));
  }

  @Test
  void shouldSurviveTheDeathOfNeighbours() {
    end(2);
    end(3);
    assertAllKnow(List.of(2, 3));
    end(0);
    assertAllKnow(List.of(0, 2, 3));
  }

  @Test
  void shouldNotBelieveRumours() {
    String address = "vertx-mpi.job." + job + ".deaths";
    vertx.eventBus().publish(address, group.get(1).toString());
    vertx.eventBus().publish(address, "nonsense");
    vertx.eventBus().publish(address, 5);
    end(4);
    assertAllKnow(List.of(4));
    assertFalse(nodes.get(0).isGone(group.get(1)));
  }
}
