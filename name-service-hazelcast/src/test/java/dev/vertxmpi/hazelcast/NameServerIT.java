package dev.vertxmpi.hazelcast;

import static dev.vertxmpi.hazelcast.Clusters.HOST;
import static dev.vertxmpi.hazelcast.Clusters.await;
import static dev.vertxmpi.hazelcast.Clusters.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.client.HazelcastClient;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Name servers that come, go and fail. */
class NameServerIT {

  private static final ProcessId OWNER = new ProcessId(UUID.randomUUID(), 0, 0);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void shouldLeaveNoThreads() {
    await(vertx.close());
    Leaks.assertNoHazelcastThreads();
  }

  private static NameServer serve(int port, int... peers) {
    List<String> others = Arrays.stream(peers).mapToObj(peer -> HOST + ":" + peer).toList();
    return await(NameServer.start(new NameServerOptions().setPort(port).setPeers(others)));
  }

  @Test
  void shouldFailWhereNoServerListens() {
    int port = Clusters.freePort();
    NameService names = Clusters.global(vertx, HOST + ":" + port);
    List<Future<?>> calls = List.of(names.publish("orders", "port", OWNER, false), names.unpublish("orders", OWNER),
        names.lookup("orders", Duration.ZERO), names.lookup("orders", Duration.ofMinutes(5)), names.list());
    for (Future<?> call : calls) {
      MpiException error = failure(call);
      assertEquals(ErrorClass.SERVICE, error.errorClass());
      assertEquals("no name server reachable at 127.0.0.1:" + port, error.reason());
    }
    await(names.close());
  }

  @Test
  void shouldTryEveryServer() {
    NameServer server = serve(0);
    NameService names = Clusters.global(vertx, HOST + ":" + Clusters.freePort(), server.address());
    await(names.publish("orders", "port", OWNER, false));
    assertEquals("port", await(names.lookup("orders", Duration.ZERO)).port());
    await(names.close());
    await(server.close());
  }

  @Test
  void shouldRefuseAPortInUse() {
    NameServer server = serve(0);
    int port = Integer.parseInt(server.address().substring(server.address().indexOf(':') + 1));
    MpiException error = failure(NameServer.start(new NameServerOptions().setPort(port)));
    assertEquals(ErrorClass.ARG, error.errorClass());
    assertEquals("port " + port + " of 127.0.0.1 is in use", error.reason());
    await(server.close());
    await(server.close());
  }

  @Test
  void shouldRefuseMorePeersThanThereCanBeCopies() {
    List<String> peers = IntStream.rangeClosed(1, 13).mapToObj(i -> HOST + ":" + i).toList();
    MpiException error = failure(NameServer.start(new NameServerOptions().setPort(0).setPeers(peers)));
    assertEquals(ErrorClass.ARG, error.errorClass());
    assertEquals("peers must be at most 12, but are 13", error.reason());
  }

  @Test
  void shouldGetNamesBackAfterItStartedAgain() {
    int port = Clusters.freePort();
    NameServer first = serve(port);
    NameService names = Clusters.global(vertx, HOST + ":" + port);
    await(names.publish("orders", "port", OWNER, false));
    await(names.publish("gone", "port", OWNER, false));
    await(names.unpublish("gone", OWNER));
    await(first.close());
    assertEquals(ErrorClass.SERVICE, failure(names.lookup("orders", Duration.ZERO)).errorClass());

    NameServer second = serve(port);
    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
        assertEquals(List.of("orders"), await(second.list()).stream().map(NameEntry::service).toList()));
    assertEquals("port", await(names.lookup("orders", Duration.ZERO)).port());
    await(names.close());
    await(second.close());
  }

  @Test
  void shouldConnectAgainWhereTheClientWentDown() {
    NameServer server = serve(0);
    NameService names = Clusters.global(vertx, server.address());
    await(names.publish("orders", "port", OWNER, false));
    HazelcastClient.getAllHazelcastClients().forEach(client -> client.getLifecycleService().terminate());
    assertEquals("port", await(names.lookup("orders", Duration.ofSeconds(20))).port());
    await(names.close());
    await(server.close());
  }

  @Test
  void shouldKeepNamesWhileOneOfTwoServersLives() {
    int[] ports = {Clusters.freePort(), Clusters.freePort()};
    NameServer first = serve(ports[0], ports[1]);
    NameServer second = serve(ports[1], ports[0]);
    NameService names = Clusters.global(vertx, first.address(), second.address());
    await(names.publish("orders", "port", OWNER, false));
    await(first.close());
    assertEquals("port", await(names.lookup("orders", Duration.ZERO)).port());
    await(names.publish("more", "port", OWNER, true));
    assertEquals(2, await(second.list()).size());
    await(names.close());
    await(second.close());
  }

  @Test
  void shouldAnswerOnlyWithMoreThanHalfOfThreeServers() {
    int[] ports = {Clusters.freePort(), Clusters.freePort(), Clusters.freePort()};
    NameServer first = serve(ports[0], ports[1], ports[2]);
    NameService names = Clusters.global(vertx, first.address());
    MpiException error = failure(names.publish("orders", "port", OWNER, true));
    assertEquals(ErrorClass.SERVICE, error.errorClass());
    assertTrue(error.reason().contains("too few name servers"), error.reason());

    NameServer second = serve(ports[1], ports[0], ports[2]);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
      Future<Void> published = names.publish("orders", "port", OWNER, false);
      Awaitility.await().until(published::isComplete);
      return published.succeeded();
    });
    assertEquals("port", await(names.lookup("orders", Duration.ZERO)).port());
    await(names.close());
    Stream.of(second, first).forEach(server -> await(server.close()));
  }
}
