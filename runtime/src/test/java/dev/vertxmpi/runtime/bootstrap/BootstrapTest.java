package dev.vertxmpi.runtime.bootstrap;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(1200);
  private static final int SIZE = 3;

  private final UUID job = UUID.randomUUID();
  private final List<Integer> joined = new CopyOnWriteArrayList<>();
  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private RosterService service() {
    return RosterService.open(vertx, job, SIZE, joined::add).await();
  }

  private static NodeAddress address() {
    return new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:4711"));
  }

  private Places joinAll(List<Bootstrap> bootstraps) {
    Map<Integer, NodeAddress> sent = new HashMap<>();
    List<Future<Places>> results = new ArrayList<>();
    for (int rank : new int[] {2, 0, 1}) {
      sent.put(rank, address());
      results.add(bootstraps.get(rank).join(new ProcessId(job, rank, rank), sent.get(rank)));
    }
    Places places = results.getFirst().await();
    results.forEach(result -> assertEquals(places, result.await()));
    assertEquals(SIZE, places.group().size());
    for (int rank = 0; rank < SIZE; rank++) {
      assertEquals(new ProcessId(job, rank, rank), places.group().get(rank));
      assertEquals(sent.get(rank), places.addresses().get(rank));
    }
    return places;
  }

  @Test
  void shouldMeetInTheJvm() {
    JvmBootstrap shared = new JvmBootstrap(vertx, job, SIZE, LONG);
    joinAll(List.of(shared, shared, shared));
  }

  @Test
  void shouldMeetOnTheBus() {
    Bootstrap bootstrap = new BusBootstrap(vertx, SIZE, LONG);
    RosterService service = service();
    assertEquals(List.of(0, 1, 2), service.missing());
    Places places = joinAll(List.of(bootstrap, bootstrap, bootstrap));
    assertEquals(List.of(2, 0, 1), joined);
    assertEquals(List.of(), service.missing());
    assertEquals(places, bootstrap.join(new ProcessId(job, 1, 1), places.addresses().get(1)).await());
    service.close().await();
  }

  @Test
  void shouldMeetThoughTheRosterComesLate() {
    Bootstrap bootstrap = new BusBootstrap(vertx, SIZE, LONG);
    List<Future<?>> results = new ArrayList<>();
    for (int rank = 0; rank < SIZE; rank++) {
      results.add(bootstrap.join(new ProcessId(job, rank, 0), address()));
    }
    service();
    Future.all(results).await();
  }

  @Test
  void shouldNameThoseWhoAreMissing() {
    service();
    Bootstrap onBus = new BusBootstrap(vertx, SIZE, SHORT);
    JvmBootstrap inJvm = new JvmBootstrap(vertx, job, SIZE, SHORT);
    for (Bootstrap bootstrap : List.of(onBus, inJvm)) {
      MpiException failure = failure(bootstrap.join(new ProcessId(job, 1, 0), address()));
      assertEquals(ErrorClass.TIMEOUT, failure.errorClass());
      assertTrue(failure.reason().startsWith("the ranks [0, 2] have not joined"), failure.reason());
    }
  }

  @Test
  void shouldSayThatThereIsNoRoster() {
    MpiException failure = failure(new BusBootstrap(vertx, SIZE, SHORT).join(new ProcessId(job, 1, 0), address()));
    assertEquals(ErrorClass.TIMEOUT, failure.errorClass());
    assertTrue(failure.reason().startsWith("the roster of the job did not come"), failure.reason());
  }

  @Test
  void shouldRefuseARankThatIsTaken() {
    service();
    Bootstrap onBus = new BusBootstrap(vertx, SIZE, LONG);
    JvmBootstrap inJvm = new JvmBootstrap(vertx, job, SIZE, LONG);
    for (Bootstrap bootstrap : List.of(onBus, inJvm)) {
      Future<?> first = bootstrap.join(new ProcessId(job, 1, 0), address());
      MpiException failure = failure(bootstrap.join(new ProcessId(job, 1, 0), address()));
      assertEquals(ErrorClass.RANK, failure.errorClass());
      assertEquals(ErrorClass.RANK, failure(bootstrap.join(new ProcessId(job, 3, 0), address())).errorClass());
      assertTrue(!first.isComplete());
    }
  }

  @Test
  void shouldTellWhenARankEndsBeforeItJoined() {
    JvmBootstrap bootstrap = new JvmBootstrap(vertx, job, SIZE, LONG);
    Future<?> waiting = bootstrap.join(new ProcessId(job, 0, 0), address());
    bootstrap.ended(0);
    assertTrue(!waiting.isComplete());
    bootstrap.ended(2);
    assertEquals(ErrorClass.PROC_FAILED, failure(waiting).errorClass());
  }

  @Test
  void shouldAnswerNonsenseWithAnError() {
    service();
    ProcessId rank = new ProcessId(job, 0, 0);
    for (Object nonsense : List.of("hello", new JsonObject(), new JsonObject().put("size", SIZE),
        new JsonObject().put("size", SIZE).put("process", "x"),
        RosterMessages.join(rank, SIZE + 1, address()),
        RosterMessages.join(rank, SIZE, address()).put("node", new JsonObject().put("id", 1)),
        RosterMessages.join(new ProcessId(job, -1, 0), SIZE, address()))) {
      JsonObject answer = (JsonObject) vertx.eventBus().request(RosterMessages.address(job), nonsense).await().body();
      assertTrue(answer.containsKey("error"), answer.encode());
    }
    assertEquals(List.of(), joined);
  }

  private static MpiException failure(Future<?> future) {
    await().until(future::isComplete);
    return (MpiException) future.cause();
  }
}
