package dev.vertxmpi.hazelcast;

import static dev.vertxmpi.hazelcast.Clusters.await;
import static dev.vertxmpi.hazelcast.Clusters.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.hazelcast.impl.NameServers;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.names.PublishingKey;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Name servers that let only those publish who have the key, and what others try all the same. */
class PublishingKeyIT {

  private static final ProcessId OWNER = new ProcessId(UUID.randomUUID(), 0, 0);
  private static final PublishingKey KEY = PublishingKey.of("k".repeat(32));
  private static final PublishingKey OTHER = PublishingKey.of("o".repeat(32));
  private static final String MAP = "vertx-mpi.names.global";

  private final Vertx vertx = Vertx.vertx();
  private final List<NameServer> servers = new ArrayList<>();
  private final List<NameService> services = new ArrayList<>();
  private HazelcastInstance raw;

  @AfterEach
  void shouldLeaveNoThreads() {
    if (raw != null) {
      raw.shutdown();
    }
    services.forEach(service -> await(service.close()));
    servers.forEach(server -> await(server.close()));
    await(vertx.close());
    Leaks.assertNoHazelcastThreads();
  }

  private NameServer serve(PublishingKey key, String... peers) {
    NameServer server = await(NameServer.start(
        new NameServerOptions().setPort(0).setPeers(List.of(peers)).setPublishingKey(key)));
    servers.add(server);
    return server;
  }

  private NameService open(PublishingKey key) {
    NameService service = Clusters.names().global(vertx, List.of(servers.getFirst().address()), key).orElseThrow();
    services.add(service);
    return service;
  }

  /** A client of Hazelcast that keeps to no rule of ours. */
  private IMap<String, Object> rawMap() {
    ClientConfig config = new ClientConfig();
    config.setClusterName(NameServers.CLUSTER);
    config.getNetworkConfig().addAddress(servers.getFirst().address());
    config.setProperty("hazelcast.logging.type", "none");
    raw = HazelcastClient.newHazelcastClient(config);
    return raw.getMap(MAP);
  }

  private static String lookup(NameService names, String service) {
    return await(names.lookup(service, Duration.ZERO)).port();
  }

  @Test
  void shouldLetWhoHasTheKeyPublishAndEverybodyLookUp() {
    serve(KEY);
    NameService with = open(KEY);
    NameService without = open(null);
    BlockingQueue<NameEvent> seen = new LinkedBlockingQueue<>();
    await(without.watch(seen::add));
    await(with.publish("orders", "port", OWNER, true));
    assertEquals("port", lookup(with, "orders"));
    assertEquals("port", lookup(without, "orders"));
    assertEquals(List.of("orders"), await(without.list()).stream().map(NameEntry::service).toList());
    assertEquals("orders", poll(seen).service());
    await(with.publish("orders", "another", OWNER, false));
    assertEquals("another", lookup(without, "orders"));
    await(with.unpublish("orders", OWNER));
    assertEquals(ErrorClass.NAME, failure(without.lookup("orders", Duration.ZERO)).errorClass());
  }

  private static NameEvent poll(BlockingQueue<NameEvent> events) {
    try {
      NameEvent event = events.poll(20, TimeUnit.SECONDS);
      assertNotNull(event, "nothing is told");
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldRefuseToPublishWithoutTheKey() {
    serve(KEY);
    MpiException none = failure(open(null).publish("orders", "port", OWNER, false));
    assertEquals(ErrorClass.ACCESS, none.errorClass());
    assertTrue(none.reason().contains("only those publish who have their publishing key")
        && none.reason().contains("VERTX_MPI_PUBLISHING_KEY_FILE"), none.reason());
    MpiException other = failure(open(OTHER).publish("orders", "port", OWNER, false));
    assertEquals(ErrorClass.ACCESS, other.errorClass());
    assertTrue(other.reason().endsWith("this process has another"), other.reason());
    assertFalse((none + " " + other).contains("kkkk") || (none + " " + other).contains("oooo"));
    assertEquals(ErrorClass.NAME, failure(open(KEY).lookup("orders", Duration.ZERO)).errorClass());
  }

  @Test
  void shouldAskForTheKeyAtEveryServerAndAtThoseThatJoin() {
    serve(KEY);
    NameServer second = serve(KEY, servers.getFirst().address());
    NameService with = open(KEY);
    NameService without = open(null);
    for (int i = 0; i < 30; i++) {
      await(with.publish("name " + i, "port", OWNER, true));
      assertEquals(ErrorClass.ACCESS, failure(without.publish("bad " + i, "port", OWNER, true)).errorClass());
    }
    assertEquals(30, await(second.list()).size());
  }

  @Test
  void shouldRefuseEverybodyWhereAServerLacksTheKeyOfTheOthers() {
    serve(KEY);
    NameServer lacks = serve(null, servers.getFirst().address());
    Awaitility.await().until(() -> await(lacks.health()).safe());
    NameService with = open(KEY);
    List<MpiException> refusals = new ArrayList<>();
    for (int i = 0; i < 60 && refusals.isEmpty(); i++) {
      var publish = with.publish("name " + i, "port", OWNER, true);
      Awaitility.await().until(publish::isComplete);
      if (publish.failed()) {
        refusals.add(MpiException.of(publish.cause()));
      }
    }
    assertEquals(ErrorClass.ACCESS, refusals.getFirst().errorClass());
    assertTrue(refusals.getFirst().reason().contains("this one has none"), refusals.getFirst().reason());
  }

  @Test
  void shouldRefuseEveryRawWrite() {
    serve(KEY);
    NameService with = open(KEY);
    await(with.publish("orders", "port", OWNER, true));
    IMap<String, Object> map = rawMap();
    Object signed = map.get("orders");
    String forged = signed.toString().replace("\"port\":\"port\"", "\"port\":\"evil\"");
    Map<String, Executable> ways = new LinkedHashMap<>();
    ways.put("put", () -> map.put("orders", forged));
    ways.put("set", () -> map.set("orders", forged));
    ways.put("putIfAbsent", () -> map.putIfAbsent("fresh", forged));
    ways.put("putTransient", () -> map.putTransient("orders", forged, 1, TimeUnit.HOURS));
    ways.put("tryPut", () -> map.tryPut("orders", forged, 1, TimeUnit.SECONDS));
    ways.put("replace", () -> map.replace("orders", forged));
    ways.put("replace if equal", () -> map.replace("orders", signed, forged));
    ways.put("putAll", () -> map.putAll(Map.of("orders", forged, "fresh", forged)));
    ways.put("setAll", () -> map.setAll(Map.of("orders", forged, "fresh", forged)));
    ways.put("putAsync", () -> map.putAsync("orders", forged).toCompletableFuture().join());
    ways.forEach((way, write) -> {
      assertThrows(RuntimeException.class, write, way);
      assertEquals(signed, map.get("orders"), way);
      assertEquals(null, map.get("fresh"), way);
    });
    assertEquals("port", lookup(open(null), "orders"));
  }

  @Test
  void shouldIgnoreASignedValueUnderAnotherName() {
    serve(KEY);
    NameService with = open(KEY);
    await(with.publish("orders", "port", OWNER, true));
    IMap<String, Object> map = rawMap();
    map.set("payments", map.get("orders"));
    for (NameService names : List.of(with, open(null))) {
      assertEquals(ErrorClass.NAME, failure(names.lookup("payments", Duration.ZERO)).errorClass());
      assertEquals(List.of("orders"), await(names.list()).stream().map(NameEntry::service).toList());
    }
    await(with.publish("payments", "real", OWNER, true));
    assertEquals("real", lookup(with, "payments"));
  }

  @Test
  void shouldStandGuardAgainWhereTheMapWasDestroyed() {
    serve(KEY);
    NameService without = open(null);
    IMap<String, Object> map = rawMap();
    map.destroy();
    IMap<String, Object> again = raw.getMap(MAP);
    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
        assertThrows(RuntimeException.class, () -> again.set("fresh", "forged")));
    assertEquals(ErrorClass.ACCESS, failure(without.publish("orders", "port", OWNER, true)).errorClass());
    // What came in meanwhile: who has the key does not believe it.
    assertEquals(ErrorClass.NAME, failure(open(KEY).lookup("fresh", Duration.ZERO)).errorClass());
  }

  @Test
  void shouldPutSignedNamesBackAfterAServerStartedAgain() {
    int port = Clusters.freePort();
    NameServerOptions options = new NameServerOptions().setPort(port).setPublishingKey(KEY);
    servers.add(await(NameServer.start(options)));
    NameService with = open(KEY);
    await(with.publish("orders", "port", OWNER, true));
    await(servers.getFirst().close());
    servers.add(await(NameServer.start(options)));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> await(servers.getLast().list()).size() == 1);
    assertEquals("port", lookup(with, "orders"));
  }

  @Test
  void shouldTakeSignedNamesWhereNobodyAsksForAKey() {
    serve(null);
    NameService with = open(KEY);
    NameService without = open(null);
    await(with.publish("signed", "port", OWNER, true));
    await(without.publish("unsigned", "port", OWNER, true));
    assertEquals("port", lookup(without, "signed"));
    assertEquals("port", lookup(without, "unsigned"));
    assertEquals(ErrorClass.NAME, failure(with.lookup("unsigned", Duration.ZERO)).errorClass());
  }
}
