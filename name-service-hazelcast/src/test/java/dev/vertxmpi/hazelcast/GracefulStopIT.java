package dev.vertxmpi.hazelcast;

import static dev.vertxmpi.hazelcast.Clusters.HOST;
import static dev.vertxmpi.hazelcast.Clusters.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Name servers that are stopped in order hand over what they keep, and say how they are meanwhile. */
class GracefulStopIT {

  private static final ProcessId OWNER = new ProcessId(UUID.randomUUID(), 0, 0);

  private final Vertx vertx = Vertx.vertx();
  private final List<NameServer> servers = new ArrayList<>();

  @AfterEach
  void shouldLeaveNoThreads() {
    servers.forEach(server -> await(server.close()));
    await(vertx.close());
    Leaks.assertNoHazelcastThreads();
  }

  private NameServer serve(List<String> peers) {
    NameServer server = await(NameServer.start(new NameServerOptions().setPort(0).setPeers(peers)));
    servers.add(server);
    return server;
  }

  /** Each name has three copies, so three of five servers may be the only ones that have it. */
  @Test
  void shouldLoseNoNameWhenMostServersStopAtOnce() {
    NameServer first = serve(List.of());
    // With one peer each they answer however few they are.
    for (int i = 0; i < 4; i++) {
      serve(List.of(first.address()));
    }
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> await(first.health()).members().size() == 5);
    NameService names = Clusters.global(vertx, servers.get(4).address());
    List<String> published = IntStream.range(0, 200).mapToObj(i -> String.format("name %03d", i)).toList();
    published.forEach(name -> await(names.publish(name, "port", OWNER, true)));

    List<Future<Void>> stops = servers.subList(0, 3).stream().map(NameServer::close).toList();
    stops.forEach(Clusters::await);
    for (NameServer left : servers.subList(3, 5)) {
      assertEquals(published, await(left.list()).stream().map(NameEntry::service).toList());
    }
    assertEquals("port", await(names.lookup("name 007", Duration.ZERO)).port());
    await(names.close());
  }

  @Test
  void shouldSayHowItIs() {
    NameServer server = serve(List.of());
    NameService names = Clusters.global(vertx, server.address());
    await(names.publish("orders", "port", OWNER, true));
    NameServerHealth health = await(server.health());
    assertEquals(new NameServerHealth(true, "", List.of(server.address()), 1, true), health);
    assertEquals("{\"ready\":true,\"members\":[\"" + server.address() + "\"],\"names\":1,\"safe\":true}",
        health.toJson().encode());
    await(names.close());
    await(server.close());
    NameServerHealth stopped = await(server.health());
    assertFalse(stopped.ready());
    assertEquals("the name server is being stopped", stopped.reason());
  }

  @Test
  void shouldBeReadyOnlyWithMoreThanHalfOfThreeServers() {
    NameServer alone = serve(List.of(HOST + ":" + Clusters.freePort(), HOST + ":" + Clusters.freePort()));
    NameServerHealth health = await(alone.health());
    assertFalse(health.ready());
    assertTrue(health.reason().contains("too few name servers see each other: 1"), health.reason());
    assertEquals(-1, health.names());
    serve(List.of(alone.address(), HOST + ":" + Clusters.freePort()));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> await(alone.health()).ready());
  }
}
