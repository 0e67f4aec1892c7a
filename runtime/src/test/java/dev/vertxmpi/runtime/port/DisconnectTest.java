package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.runtime.comm.Ranks;
import dev.vertxmpi.runtime.comm.Waiting;
import dev.vertxmpi.runtime.names.NameScopes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Disconnect waits for what is under way, and then parts the groups for good. */
class DisconnectTest {

  private Ranks servers;
  private Ranks clients;
  private Ports ports;
  private List<Intercommunicator> server;
  private List<Intercommunicator> client;

  @BeforeEach
  void open() {
    servers = new Ranks(2, "tcp");
    clients = new Ranks(2, "tcp");
    ports = new Ports(servers.rank(0), new NameScopes(servers.vertx(), "servers", List.of()));
    connect();
  }

  private void connect() {
    Port port = await(ports.openPort(new PortOptions()));
    List<Future<Intercommunicator>> accepts = servers.start(world -> world.accept(port));
    client = Waiting.all(clients.start(world -> world.connect(port)));
    server = Waiting.all(accepts);
    await(ports.closePort(port));
  }

  @AfterEach
  void close() {
    await(ports.close());
    servers.close();
    if (clients != null) {
      clients.close();
    }
  }

  private static List<Future<Void>> disconnect(List<Intercommunicator> side) {
    return side.stream().map(Intercommunicator::disconnect).toList();
  }

  @Test
  void shouldWaitForAReceiveThatIsUnderWay() {
    Future<String> got = server.get(0).recv(String.class, 0, 5).map(message -> message.body());
    List<Future<Void>> ends = new ArrayList<>(disconnect(server));
    ends.add(client.get(1).disconnect());
    Future<Boolean> inOrder = ends.getFirst().map(end -> got.isComplete());
    await(client.get(0).send("the last word", 0, 5));
    ends.add(client.get(0).disconnect());
    Waiting.all(ends);
    assertEquals("the last word", await(got));
    assertTrue(await(inOrder), "the disconnect must come last");
  }

  @Test
  void shouldCompleteAllThatIsUnderWayInBothDirections() {
    List<Future<byte[]>> received = new ArrayList<>();
    List<Future<Void>> ends = new ArrayList<>();
    int count = 40;
    for (int i = 0; i < count; i++) {
      byte[] block = new byte[100_000];
      Arrays.fill(block, (byte) i);
      received.add(server.get(1).recv(byte[].class, 0, 9).map(message -> message.body()));
      received.add(client.get(0).recv(byte[].class, 1, 9).map(message -> message.body()));
      ends.add(client.get(0).send(block, 1, 9));
      ends.add(server.get(1).send(block, 0, 9));
    }
    ends.addAll(both());
    Waiting.all(ends);
    for (int i = 0; i < 2 * count; i++) {
      byte[] expected = new byte[100_000];
      Arrays.fill(expected, (byte) (i / 2));
      assertArrayEquals(expected, await(received.get(i)));
    }
  }

  @Test
  void shouldWaitUntilAllHaveCalled() {
    List<Future<Void>> ends = new ArrayList<>(disconnect(server));
    ends.add(client.get(0).disconnect());
    assertEquals(List.of(3, 3), servers.run(world -> world.allreduce(world.rank() + 1, Op.SUM)));
    ends.forEach(end -> assertFalse(end.isComplete(), "a rank has not called"));
    ends.add(client.get(1).disconnect());
    Waiting.all(ends);
  }

  @Test
  void shouldRefuseAllCallsAfterwards() {
    List<Future<Void>> ends = new ArrayList<>(disconnect(server));
    failure(ErrorClass.COMM, server.get(0).send("too late", 0, 0));
    ends.addAll(disconnect(client));
    Waiting.all(ends);
    failure(ErrorClass.COMM, server.get(0).recv(String.class, 0, 0));
    failure(ErrorClass.COMM, client.get(1).barrier());
    failure(ErrorClass.COMM, client.get(1).disconnect());
    failure(ErrorClass.COMM, client.get(1).free());
  }

  @Test
  void shouldMakeTheGroupsIndependent() {
    Waiting.all(both());
    // The key of the port goes a moment later.
    await().until(() -> servers.rank(0).node().toString().endsWith("keys=1]"));
    Future<String> pending = servers.on(0, world -> world.recv(String.class, 1, 0)).map(message -> message.body());
    clients.close();
    clients = null;
    assertEquals(List.of(1, 1), servers.run(world -> world.allreduce(world.rank(), Op.MAX)));
    assertFalse(pending.isComplete(), "the end of the clients is none of our business");
    await(servers.on(1, world -> world.send("still here", 0, 0)));
    assertEquals("still here", await(pending));
  }

  private List<Future<Void>> both() {
    List<Future<Void>> ends = new ArrayList<>(disconnect(server));
    ends.addAll(disconnect(client));
    return ends;
  }

  @Test
  void shouldPartAllTheSameWhereTheOthersDoNotCall() {
    CallOptions hasty = new CallOptions().setTimeout(Duration.ofMillis(200));
    server.forEach(end -> failure(end.with(hasty).disconnect()));
    failure(ErrorClass.COMM, server.get(0).send("too late", 0, 0));
    connect();
    Waiting.all(both());
  }
}
