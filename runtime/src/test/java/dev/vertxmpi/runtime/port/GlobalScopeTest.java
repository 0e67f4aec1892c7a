package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.port.TestJob.fails;
import static dev.vertxmpi.runtime.port.TestJob.get;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.names.TestNameServers;
import dev.vertxmpi.spi.NameEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two scopes, seen by jobs that share a name server, and by one whose server is away. */
class GlobalScopeTest {

  private static final NameOptions DEFAULT = new NameOptions();
  private static final NameOptions LOCAL = new NameOptions().setScope(Scope.LOCAL);
  private static final NameOptions GLOBAL = new NameOptions().setScope(Scope.GLOBAL);
  private static final LookupOptions ANYWHERE = new LookupOptions();
  private static final LookupOptions LOCALLY = new LookupOptions().setOrder(List.of(Scope.LOCAL));

  private final Vertx vertx = Vertx.vertx();
  private final List<TestJob> jobs = new ArrayList<>();

  @AfterEach
  void close() {
    jobs.forEach(TestJob::close);
    get(vertx.close());
  }

  private Ports job(String server) {
    TestJob job = new TestJob(vertx, 1, true,
        new MpiOptions().setLinks(List.of("local")).setNameServers(List.of(server)));
    jobs.add(job);
    return job.ports.getFirst();
  }

  private static Port open(Ports ports) {
    return get(ports.openPort(new PortOptions()));
  }

  @Test
  void shouldPublishGloballyByDefaultWhereAServerAnswers() {
    Ports alice = job(TestNameServers.UP);
    Ports bob = job(TestNameServers.UP);
    Port port = open(alice);
    get(alice.publish("orders", port, DEFAULT));
    assertEquals(port, get(bob.lookup("orders", ANYWHERE)));
    fails(ErrorClass.NAME, alice.lookup("orders", LOCALLY));
    fails(ErrorClass.ACCESS, bob.unpublish("orders", DEFAULT));
    fails(ErrorClass.SERVICE, alice.unpublish("orders", LOCAL));
    get(alice.unpublish("orders", DEFAULT));
    fails(ErrorClass.NAME, bob.lookup("orders", ANYWHERE));
  }

  @Test
  void shouldPublishLocallyByDefaultWhereTheServerIsAway() {
    Ports alice = job(TestNameServers.DOWN);
    Port port = open(alice);
    get(alice.publish("orders", port, DEFAULT));
    assertEquals(port, get(alice.lookup("orders", ANYWHERE)));
    fails(ErrorClass.SERVICE, alice.publish("orders", port, GLOBAL));
    fails(ErrorClass.SERVICE, alice.lookup("nobody", ANYWHERE));
    fails(ErrorClass.NAME, alice.lookup("nobody", LOCALLY));
    get(alice.unpublish("orders", DEFAULT));
    get(alice.closePort(port));
  }

  @Test
  void shouldAskTheScopesInTheGivenOrder() {
    Ports alice = job(TestNameServers.UP);
    Port here = open(alice);
    Port everywhere = open(alice);
    get(alice.publish("orders", here, LOCAL));
    get(alice.publish("orders", everywhere, GLOBAL));
    assertEquals(here, get(alice.lookup("orders", ANYWHERE)));
    assertEquals(everywhere, get(alice.lookup("orders",
        new LookupOptions().setOrder(List.of(Scope.GLOBAL, Scope.LOCAL)))));
    get(alice.unpublish("orders", DEFAULT));
    fails(ErrorClass.NAME, alice.lookup("orders", ANYWHERE));
  }

  @Test
  void shouldKeepLocalNamesWithinTheJob() {
    Ports alice = job(TestNameServers.UP);
    Ports bob = job(TestNameServers.UP);
    get(alice.publish("orders", open(alice), LOCAL));
    fails(ErrorClass.NAME, bob.lookup("orders", ANYWHERE));
  }

  @Test
  void shouldWaitInAllScopesAtOnce() {
    Ports alice = job(TestNameServers.UP);
    Ports bob = job(TestNameServers.UP);
    LookupOptions patient = new LookupOptions().setWait(Duration.ofSeconds(20));
    Future<Port> global = bob.lookup("global", patient);
    Future<Port> local = bob.lookup("local", patient);
    Port ofAlice = open(alice);
    Port ofBob = open(bob);
    get(alice.publish("global", ofAlice, DEFAULT));
    get(bob.publish("local", ofBob, LOCAL));
    assertEquals(ofAlice, get(global));
    assertEquals(ofBob, get(local));
  }

  private NameEntry entry(Port port) {
    return new NameEntry("orders", port.name(), port.owner(), 7);
  }

  @Test
  void shouldCloseAPortWhoseNameWasLost() {
    Ports alice = job(TestNameServers.UP);
    Ports bob = job(TestNameServers.UP);
    Port port = open(alice);
    Port ofBob = open(bob);
    get(alice.publish("orders", port, GLOBAL));
    get(alice.publish("more orders", port, LOCAL));
    get(bob.publish("orders", ofBob, GLOBAL));
    TestNameServers.lose(entry(port));
    String reason = fails(ErrorClass.PORT, alice.publish("new", port, GLOBAL)).reason();
    assertEquals("port must be one that this rank has opened and not closed", reason);
    fails(ErrorClass.PORT, alice.closePort(port));
    await().untilAsserted(() -> fails(ErrorClass.NAME, alice.lookup("more orders", ANYWHERE)));
    assertEquals(ofBob, get(alice.lookup("orders", ANYWHERE)));
    get(bob.closePort(ofBob));
  }

  @Test
  void shouldTellWhoWaitsAtAPortThatItsNameWasLost() {
    Mpi mpi = get(Mpi.init(vertx, new MpiOptions().setNameServers(List.of(TestNameServers.UP))));
    Mpi client = get(Mpi.init(vertx, new MpiOptions().setNameServers(List.of())));
    Port port = get(mpi.openPort(new PortOptions()));
    get(mpi.publish("orders", port, GLOBAL));
    Promise<Void> told = Promise.promise();
    List<Intercommunicator> accepted = new CopyOnWriteArrayList<>();
    mpi.world().acceptor(port).exceptionHandler(told::tryFail).handler(accepted::add);
    Intercommunicator connected = get(client.world().connect(port));
    await().until(() -> accepted.size() == 1);
    TestNameServers.lose(entry(port));
    String reason = fails(ErrorClass.PORT, told.future()).reason();
    assertEquals("the port was closed, because its name 'orders' is that of another process since it was lost", reason);
    assertEquals(reason, fails(ErrorClass.PORT, client.world().connect(port)).reason());
    get(Future.join(connected.send(5, 0, 0), accepted.getFirst().recv(Integer.class, 0, 0)));
    get(Future.join(connected.disconnect(), accepted.getFirst().disconnect()));
    get(client.close());
    get(mpi.close());
  }

  @Test
  void shouldLeaveOthersAloneWhenANameWasLost() {
    Ports alice = job(TestNameServers.UP);
    Port port = open(alice);
    get(alice.publish("orders", port, GLOBAL));
    TestNameServers.lose(new NameEntry("orders", port.name(), new ProcessId(UUID.randomUUID(), 0, 0), 7));
    get(alice.unpublish("orders", GLOBAL));
    get(alice.closePort(port));
    TestNameServers.lose(entry(port));
    get(alice.closePort(open(alice)));
  }

  @Test
  void shouldTakeGlobalNamesBackWhenTheRankCloses() {
    Ports alice = job(TestNameServers.UP);
    Ports bob = job(TestNameServers.UP);
    get(alice.publish("orders", open(alice), DEFAULT));
    get(alice.close());
    fails(ErrorClass.NAME, bob.lookup("orders", ANYWHERE));
  }

  @Test
  void shouldSayThatNobodyProvidesTheServers() {
    Ports alice = job("other.test:1");
    fails(ErrorClass.SERVICE, alice.publish("orders", open(alice), GLOBAL));
  }
}
