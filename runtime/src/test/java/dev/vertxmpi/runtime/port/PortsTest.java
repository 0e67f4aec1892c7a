package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.port.TestJob.fails;
import static dev.vertxmpi.runtime.port.TestJob.get;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.runtime.names.InJvmNameService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports and names of a job without name servers. */
class PortsTest {

  private static final NameOptions DEFAULT = new NameOptions();
  private static final NameOptions UNIQUE = new NameOptions().setInfo(Map.of("ompi_unique", "yes"));
  private static final NameOptions GLOBAL = new NameOptions().setInfo(Map.of("ompi_global_scope", "1"));

  private final Vertx vertx = Vertx.vertx();
  private TestJob job;
  private Ports alice;
  private Ports bob;

  @BeforeEach
  void open() {
    job = new TestJob(vertx, 2, true, new MpiOptions().setLinks(List.of("local", "tcp")).setNameServers(List.of()));
    alice = job.ports.get(0);
    bob = job.ports.get(1);
  }

  @AfterEach
  void close() {
    job.close();
    get(vertx.close());
  }

  private static Port open(Ports ports) {
    return get(ports.openPort(new PortOptions()));
  }

  @Test
  void shouldOpenPortsThatAreDifferentAndSecret() {
    Port one = open(alice);
    Port two = open(alice);
    assertFalse(one.name().equals(two.name()));
    assertEquals(one, Port.parse(one.name()));
    assertEquals(job.ranks.getFirst().id(), one.owner());
    assertFalse(one.toString().contains(one.name().replaceAll(".*key=([^;]*).*", "$1")));
    assertTrue(one.name().length() <= Port.MAX_NAME);
  }

  @Test
  void shouldCloseAPortOnce() {
    Port port = open(alice);
    fails(ErrorClass.PORT, bob.closePort(port));
    get(alice.closePort(port));
    assertEquals("MPI_Close_port", fails(ErrorClass.PORT, alice.closePort(port)).procedure());
  }

  @Test
  void shouldPublishFindAndTakeBack() {
    Port port = open(alice);
    get(alice.publish("orders", port, DEFAULT));
    assertEquals(port, get(bob.lookup("orders", new LookupOptions())));
    get(alice.unpublish("orders", DEFAULT));
    MpiException missing = fails(ErrorClass.NAME, bob.lookup("orders", new LookupOptions()));
    assertTrue(missing.reason().contains("local, then global"), missing::reason);
    fails(ErrorClass.SERVICE, alice.unpublish("orders", DEFAULT));
  }

  @Test
  void shouldReplaceANameUnlessAskedToBeUnique() {
    Port old = open(alice);
    Port other = open(bob);
    get(alice.publish("orders", old, UNIQUE));
    fails(ErrorClass.NAME, bob.publish("orders", other, UNIQUE));
    assertEquals(old, get(bob.lookup("orders", new LookupOptions())));
    get(bob.publish("orders", other, DEFAULT));
    assertEquals(other, get(alice.lookup("orders", new LookupOptions())));
    fails(ErrorClass.ACCESS, alice.unpublish("orders", DEFAULT));
  }

  @Test
  void shouldLetOnlyThePublisherTakeBack() {
    get(alice.publish("orders", open(alice), DEFAULT));
    fails(ErrorClass.ACCESS, bob.unpublish("orders", DEFAULT));
    fails(ErrorClass.ACCESS, bob.unpublish("orders", new NameOptions().setScope(Scope.LOCAL)));
    get(alice.unpublish("orders", new NameOptions().setScope(Scope.LOCAL)));
  }

  @Test
  void shouldPublishSeveralNamesForOnePort() {
    Port port = open(alice);
    get(alice.publish("a", port, DEFAULT));
    get(alice.publish("b", port, DEFAULT));
    assertEquals(port, get(bob.lookup("a", new LookupOptions())));
    assertEquals(port, get(bob.lookup("b", new LookupOptions())));
  }

  @Test
  void shouldTakeNamesBackWithTheirPort() {
    Port port = open(alice);
    Port stays = open(alice);
    get(alice.publish("a", port, DEFAULT));
    get(alice.publish("b", stays, DEFAULT));
    get(alice.publish("taken over", port, DEFAULT));
    get(bob.publish("taken over", open(bob), DEFAULT));
    get(alice.closePort(port));
    fails(ErrorClass.NAME, bob.lookup("a", new LookupOptions()));
    assertEquals(stays, get(bob.lookup("b", new LookupOptions())));
    get(bob.lookup("taken over", new LookupOptions()));
  }

  @Test
  void shouldPublishOnlyOpenPortsOfThisRank() {
    Port port = open(alice);
    fails(ErrorClass.PORT, bob.publish("orders", port, DEFAULT));
    get(alice.closePort(port));
    fails(ErrorClass.PORT, alice.publish("orders", port, DEFAULT));
    fails(ErrorClass.NAME, bob.lookup("orders", new LookupOptions()));
  }

  @Test
  void shouldRefuseTheGlobalScopeWithoutAServer() {
    Port port = open(alice);
    MpiException failure = fails(ErrorClass.SERVICE, alice.publish("orders", port, GLOBAL));
    assertTrue(failure.reason().contains("none is configured"), failure::reason);
    fails(ErrorClass.SERVICE, alice.unpublish("orders", GLOBAL));
    fails(ErrorClass.SERVICE, alice.lookup("orders", new LookupOptions().setOrder(List.of(Scope.GLOBAL))));
    get(alice.publish("orders", port, DEFAULT));
    get(alice.lookup("orders", new LookupOptions().setOrder(List.of(Scope.GLOBAL, Scope.LOCAL))));
  }

  @Test
  void shouldCheckServiceNames() {
    Port port = open(alice);
    for (String service : List.of("", "x".repeat(1025))) {
      fails(ErrorClass.ARG, alice.publish(service, port, DEFAULT));
      fails(ErrorClass.ARG, alice.unpublish(service, DEFAULT));
      fails(ErrorClass.ARG, alice.lookup(service, new LookupOptions()));
    }
    get(alice.publish("x".repeat(1024), port, DEFAULT));
  }

  @Test
  void shouldWaitForAName() {
    Future<Port> waiting = bob.lookup("late", new LookupOptions().setWait(Duration.ofSeconds(20)));
    fails(ErrorClass.NAME, bob.lookup("late", new LookupOptions().setWait(Duration.ofMillis(50))));
    Port port = open(alice);
    get(alice.publish("late", port, DEFAULT));
    assertEquals(port, get(waiting));
  }

  @Test
  void shouldFailManyLookupsAndLeaveNothing() {
    String before = job.node(0).toString();
    for (int i = 0; i < 20; i++) {
      fails(ErrorClass.NAME, alice.lookup("nobody" + i, new LookupOptions()));
    }
    assertEquals(before, job.node(0).toString());
  }

  @Test
  void shouldTakeEverythingBackWhenTheRankCloses() {
    Port port = open(alice);
    get(alice.publish("orders", port, DEFAULT));
    Future<Port> waiting = alice.lookup("never", new LookupOptions().setWait(Duration.ofSeconds(60)));
    await().until(() -> !get(bob.lookup("orders", new LookupOptions())).name().isEmpty());
    get(alice.close());
    fails(ErrorClass.PORT, waiting);
    fails(ErrorClass.NAME, bob.lookup("orders", new LookupOptions()));
    fails(ErrorClass.PORT, alice.openPort(new PortOptions()));
    get(alice.close());
  }

  @Test
  void shouldRefuseWhatIsNoPortName() {
    get(alice.publish("orders", open(alice), DEFAULT));
    get(new InJvmNameService(vertx, job.job.toString())
        .publish("orders", "mpi1;rubbish", job.ranks.getFirst().id(), false));
    fails(ErrorClass.PORT, bob.lookup("orders", new LookupOptions()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "localhost", "example.org", "", "300.1.1.1", "::ffff:192.0.2.1",
      "224.0.0.1", "::1%lo"})
  void shouldRefuseAnAddressThatIsNotOfThisHost(String address) {
    MpiException failure = fails(ErrorClass.ARG, alice.openPort(new PortOptions().setIpAddress(address)));
    assertTrue(failure.reason().contains("ip_address"), failure::reason);
  }

  @Test
  void shouldListenAtTheChosenPlace() throws IOException {
    PortOptions chosen = new PortOptions().setIpAddress("127.0.0.1");
    int number;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      number = taken.getLocalPort();
      chosen.setIpPort(number);
      assertTrue(fails(ErrorClass.ARG, alice.openPort(chosen)).reason().contains("ip_port"));
    }
    Port port = get(alice.openPort(chosen));
    assertEquals("127.0.0.1:" + number, port.address().endpoints().get("tcp"));
    fails(ErrorClass.ARG, bob.openPort(chosen));
    TestJob client = new TestJob(vertx, 1, true, new MpiOptions().setLinks(List.of("tcp")));
    List<Future<Intercommunicator>> accepts = job.accept(port);
    get(client.connect(port).getFirst());
    accepts.forEach(TestJob::get);
    get(alice.closePort(port));
    Port again = get(bob.openPort(chosen));
    // The link that came in at the place before serves on: the next connect needs no other.
    Port next = open(alice);
    List<Future<Intercommunicator>> more = job.accept(next);
    get(client.connect(next).getFirst());
    more.forEach(TestJob::get);
    get(bob.closePort(again));
    client.close();
  }
}
