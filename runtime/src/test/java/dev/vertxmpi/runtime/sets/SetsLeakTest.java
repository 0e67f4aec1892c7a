package dev.vertxmpi.runtime.sets;

import static dev.vertxmpi.runtime.comm.Waiting.all;
import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.process.SetSnapshot;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.node.Nodes;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two processes hold of each other after many sets and communicators. */
class SetsLeakTest {

  private static final int MEMBERS = 3;

  private final Vertx vertx = Vertx.vertx();
  private final int before = InJvmSetService.count();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Rank> ranks = new ArrayList<>();
  private final List<ProcessSets> sets = new ArrayList<>();

  @BeforeEach
  void open() {
    MpiOptions options = new MpiOptions().setLinks(List.of("tcp"));
    for (int i = 0; i < MEMBERS; i++) {
      UUID job = UUID.randomUUID();
      Node node = await(Nodes.open(vertx, options, new byte[32], job));
      Context context = vertx.getOrCreateContext();
      Rank rank = new Rank(new ProcessId(job, 0, 0), node, context, Loops.of(context), options);
      node.introduce(rank.id(), node.address());
      nodes.add(node);
      ranks.add(rank);
      sets.add(new ProcessSets(rank, new CodecRegistry()));
    }
  }

  @AfterEach
  void close() {
    for (int i = 0; i < MEMBERS; i++) {
      await(sets.get(i).close(new MpiException(ErrorClass.COMM, "over")));
      await(nodes.get(i).leave(ranks.get(i).id()));
      await(nodes.get(i).close());
    }
    assertEquals(before, InJvmSetService.count());
    await(vertx.close());
  }

  private List<String> held() {
    return Stream.concat(nodes.stream(), sets.stream()).map(Object::toString).toList();
  }

  private List<ProcessSet> join(String uri) {
    List<ProcessSet> views = all(sets.stream().map(one -> one.processSet(uri)).toList());
    views.forEach(view -> await(view.join()));
    Awaitility.await().until(() -> views.stream().allMatch(view -> view.snapshot().size() == MEMBERS));
    return views;
  }

  private void round() {
    List<ProcessSet> views = join("svc://" + UUID.randomUUID());
    SetSnapshot now = views.getFirst().snapshot();
    List<Intracommunicator> comms = all(views.stream().map(view -> view.communicator(now)).toList());
    all(comms.stream().map(comm -> comm.allreduce(1, Op.SUM)).toList()).forEach(sum -> assertEquals(MEMBERS, sum));
    all(comms.stream().map(Intracommunicator::free).toList());
    views.forEach(view -> await(view.close()));
  }

  /** One does not come; the others settle, and no trace of the attempt stays. */
  private void failedRound() {
    List<ProcessSet> views = join("svc://" + UUID.randomUUID());
    SetSnapshot now = views.getFirst().snapshot();
    CallOptions soon = new CallOptions().setTimeout(Duration.ofMillis(20));
    List<Future<Intracommunicator>> late = views.subList(0, MEMBERS - 1).stream()
        .map(view -> view.with(soon).communicator(now)).toList();
    late.forEach(one -> failure(ErrorClass.TIMEOUT, one));
    failure(ErrorClass.TIMEOUT, views.getLast().with(soon).communicator(now));
    views.forEach(view -> await(view.close()));
  }

  @Test
  void shouldHoldNothingAfterManyRounds() {
    round();
    failedRound();
    List<String> first = held();
    for (int i = 0; i < 60; i++) {
      round();
      failedRound();
    }
    Awaitility.await().untilAsserted(() -> assertEquals(first, held()));
  }
}
