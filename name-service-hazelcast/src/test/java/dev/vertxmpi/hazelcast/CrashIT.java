package dev.vertxmpi.hazelcast;

import static dev.vertxmpi.hazelcast.Clusters.await;
import static dev.vertxmpi.hazelcast.Clusters.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.ClusterProvider;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names vanish with the processes that published them, however those end. */
class CrashIT {

  private static final String SCOPE = "job";
  private static final ProcessId SURVIVOR = new ProcessId(UUID.randomUUID(), 0, 0);

  /** What the javadoc promises for a killed process. */
  private static final Duration BOUND = Duration.ofSeconds(3);

  private final String cluster = Clusters.freshName();

  @AfterEach
  void shouldLeaveNoThreads() {
    Leaks.assertNoHazelcastThreads();
  }

  @Test
  void shouldForgetNamesOfAKilledMember() {
    Clustered survivor = Clusters.begin(cluster);
    NameService names = Clusters.local(survivor.vertx(), SCOPE);
    await(names.publish("mine", "port", SURVIVOR, true));
    try (Child child = Child.inCluster(cluster, survivor.member(), SCOPE, "orders")) {
      assertEquals("port", await(names.lookup("orders", Duration.ZERO)).port());
      child.kill();
      awaitGone(names, "orders");
      assertUsableAgain(names, "orders");
      assertEquals("port", await(names.lookup("mine", Duration.ZERO)).port());
    }
    await(names.close());
    await(survivor.vertx().close());
  }

  @Test
  void shouldForgetNamesOfTheFirstMemberWhenItIsKilled() {
    try (Child child = Child.beginning(cluster, SCOPE, "orders")) {
      Clustered second = await(ClusterProvider.get().join(cluster, Clusters.HOST, 0, List.of(child.member())));
      Clustered third = Clusters.join(cluster, second);
      NameService names = Clusters.local(second.vertx(), SCOPE);
      NameService late = Clusters.local(third.vertx(), SCOPE);
      await(names.publish("mine", "port", SURVIVOR, true));
      assertEquals("port", await(names.lookup("orders", Duration.ZERO)).port());
      child.kill();
      awaitGone(names, "orders");
      awaitGone(late, "orders");
      assertEquals("port", await(late.lookup("mine", Duration.ofSeconds(20))).port());
      List.of(names, late).forEach(service -> await(service.close()));
      List.of(second, third).forEach(member -> await(member.vertx().close()));
    }
  }

  @Test
  void shouldForgetNamesOfAKilledClient() {
    NameServer server = await(NameServer.start(new NameServerOptions().setPort(0)));
    Vertx vertx = Vertx.vertx();
    NameService names = Clusters.global(vertx, server.address());
    await(names.publish("mine", "port", SURVIVOR, true));
    try (Child child = Child.atServers("orders", server.address())) {
      assertEquals("port", await(names.lookup("orders", Duration.ZERO)).port());
      child.kill();
      awaitGone(names, "orders");
      assertUsableAgain(names, "orders");
      assertEquals("port", await(names.lookup("mine", Duration.ZERO)).port());
    }
    await(names.close());
    await(vertx.close());
    await(server.close());
  }

  @Test
  void shouldForgetNamesOfAClientOfThreeServers() {
    List<Integer> ports = List.of(Clusters.freePort(), Clusters.freePort(), Clusters.freePort());
    List<String> addresses = ports.stream().map(port -> Clusters.HOST + ":" + port).toList();
    List<NameServer> servers = ports.stream().map(port ->
        await(NameServer.start(new NameServerOptions().setPort(port).setPeers(addresses)))).toList();
    Vertx vertx = Vertx.vertx();
    NameService names = Clusters.global(vertx, addresses.getLast());
    try (Child child = Child.atServers("orders", addresses.toArray(String[]::new))) {
      assertEquals("port", await(names.lookup("orders", Duration.ZERO)).port());
      child.kill();
      awaitGone(names, "orders");
      assertUsableAgain(names, "orders");
    }
    await(names.close());
    await(vertx.close());
    servers.forEach(server -> await(server.close()));
  }

  @Test
  void shouldForgetNamesOfATerminatedMember() {
    Clustered survivor = Clusters.begin(cluster);
    NameService names = Clusters.local(survivor.vertx(), SCOPE);
    Clustered victim = Clusters.join(cluster, survivor);
    NameService doomed = Clusters.local(victim.vertx(), SCOPE);
    await(doomed.publish("orders", "port", new ProcessId(UUID.randomUUID(), 1, 0), true));
    terminate(victim);
    awaitGone(names, "orders");
    assertUsableAgain(names, "orders");
    assertEquals(ErrorClass.SERVICE, failure(doomed.lookup("orders", Duration.ZERO)).errorClass());
    await(doomed.close());
    await(victim.vertx().close());
    await(names.close());
    await(survivor.vertx().close());
  }

  @Test
  void shouldForgetNamesOfAMemberThatLeft() {
    Clustered survivor = Clusters.begin(cluster);
    NameService names = Clusters.local(survivor.vertx(), SCOPE);
    Clustered leaver = Clusters.join(cluster, survivor);
    await(Clusters.local(leaver.vertx(), SCOPE).publish("orders", "port", SURVIVOR, true));
    await(leaver.vertx().close());
    awaitGone(names, "orders");
    await(names.close());
    await(survivor.vertx().close());
  }

  private static void terminate(Clustered victim) {
    HazelcastInstance instance = Hazelcast.getAllHazelcastInstances().stream()
        .filter(one -> victim.member().endsWith(":" + one.getCluster().getLocalMember().getAddress().getPort()))
        .findFirst().orElseThrow();
    instance.getLifecycleService().terminate();
  }

  private static void awaitGone(NameService names, String service) {
    Awaitility.await().atMost(BOUND).pollInterval(Duration.ofMillis(20)).until(() -> {
      Future<?> lookup = names.lookup(service, Duration.ZERO);
      Awaitility.await().pollInterval(Duration.ofMillis(5)).until(lookup::isComplete);
      return lookup.failed();
    });
    assertEquals(ErrorClass.NAME, failure(names.lookup(service, Duration.ZERO)).errorClass());
  }

  private static void assertUsableAgain(NameService names, String service) {
    await(names.publish(service, "port of the survivor", SURVIVOR, true));
    assertEquals("port of the survivor", await(names.lookup(service, Duration.ZERO)).port());
    await(names.unpublish(service, SURVIVOR));
  }
}
