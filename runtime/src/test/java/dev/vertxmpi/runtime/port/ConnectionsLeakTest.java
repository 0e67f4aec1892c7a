package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.port.TestJob.get;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsLeakTest {

  private static final MpiOptions TCP = new MpiOptions().setLinks(List.of("tcp"));

  private final Vertx vertx = Vertx.vertx();
  private TestJob server;
  private TestJob client;

  @BeforeEach
  void open() {
    server = new TestJob(vertx, 3, false, TCP);
    client = new TestJob(vertx, 2, false, TCP);
  }

  @AfterEach
  void close() {
    server.close();
    client.close();
    get(vertx.close());
  }

  private List<String> held() {
    return Stream.concat(server.nodes.stream(), client.nodes.stream()).map(Object::toString).toList();
  }

  @Test
  void shouldLeaveNothingBehindAfterManyRounds() {
    round();
    // A port that was closed keeps its key for a moment, to answer those who are on their way.
    await().until(() -> held().stream().allMatch(node -> node.endsWith("keys=1]")));
    List<String> before = held();
    for (int i = 0; i < 200; i++) {
      round();
    }
    await().untilAsserted(() -> assertEquals(before, held()));
    assertEquals(0, server.joined.get());
    assertEquals(0, client.joined.get());
  }

  private void round() {
    Port port = get(server.ports.getFirst().openPort(new PortOptions()));
    List<Future<Intercommunicator>> ends = Stream.concat(server.accept(port).stream(),
        client.connect(Port.parse(port.name())).stream()).toList();
    ends.forEach(TestJob::get);
    ends.forEach(end -> get(get(end).disconnect()));
    get(server.ports.getFirst().closePort(port));
  }

  @Test
  void shouldSettleOneWayWhenConnectsAreCancelledAtAnyTime() {
    Port port = get(server.ports.getFirst().openPort(new PortOptions()));
    List<Future<Intercommunicator>> accepts = server.accept(port);
    int connected = 0;
    for (int i = 0; i < 150; i++) {
      CancelScope scope = new CancelScope();
      int who = i % 2;
      List<Future<Intercommunicator>> connects = client.all(rank -> client.connect(rank, port,
          new ConnectOptions().setTimeout(Duration.ofSeconds(20)), 0,
          rank == who ? new CallOptions().setCancel(scope) : new CallOptions()));
      vertx.setTimer(1 + i % 15, fired -> scope.cancel());
      connects.forEach(TestJob::settled);
      long succeeded = connects.stream().filter(Future::succeeded).count();
      assertEquals(succeeded == 0 ? 0 : 2, succeeded, "all ranks see the same");
      if (succeeded > 0) {
        connected++;
        accepts.forEach(TestJob::get);
        Stream.concat(accepts.stream(), connects.stream()).forEach(end -> get(get(end).disconnect()));
        accepts = server.accept(port);
      }
    }
    assertTrue(connected > 0, "cancels came after the connection, too");
    List<Future<Intercommunicator>> last = client.connect(port);
    Stream.concat(accepts.stream(), last.stream()).forEach(end -> get(get(end).disconnect()));
    get(server.ports.getFirst().closePort(port));
    await().untilAsserted(() -> assertEquals(List.of(), held().stream()
        .filter(node -> !node.matches(".*keys=1]")).toList()));
  }
}
