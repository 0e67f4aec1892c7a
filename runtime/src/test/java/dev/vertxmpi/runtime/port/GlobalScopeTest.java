package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.port.TestJob.fails;
import static dev.vertxmpi.runtime.port.TestJob.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.runtime.names.TestNameServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
