package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.port.TestJob.get;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.runtime.names.TestNameServers;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names as they come and go, as a program sees them. */
class NameStreamTest {

  private static final NameOptions LOCAL = new NameOptions().setScope(Scope.LOCAL);

  private final Vertx vertx = Vertx.vertx();
  private final List<TestJob> jobs = new ArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicBoolean ended = new AtomicBoolean();

  @AfterEach
  void close() {
    jobs.forEach(TestJob::close);
    get(vertx.close());
  }

  private Ports job(String... servers) {
    TestJob job = new TestJob(vertx, 1, true,
        new MpiOptions().setLinks(List.of("local")).setNameServers(List.of(servers)));
    jobs.add(job);
    return job.ports.getFirst();
  }

  private static Port publish(Ports ports, String service, NameOptions options) {
    Port port = get(ports.openPort(new PortOptions()));
    get(ports.publish(service, port, options));
    return port;
  }

  private ReadStream<NameEvent> listen(ReadStream<NameEvent> stream) {
    stream.endHandler(end -> ended.set(true)).handler(event -> told.add(event.kind() + " " + event.service()));
    return stream;
  }

  private void awaitTold(String... expected) {
    await().untilAsserted(() -> assertEquals(List.of(expected), told));
  }

  @Test
  void shouldTellWhatIsThereAndWhatComesAndGoes() {
    Ports ports = job();
    publish(ports, "apple", LOCAL);
    listen(ports.names(Scope.LOCAL));
    awaitTold("PUBLISHED apple");
    Port pear = publish(ports, "pear", LOCAL);
    get(ports.closePort(pear));
    awaitTold("PUBLISHED apple", "PUBLISHED pear", "VANISHED pear");
  }

  @Test
  void shouldHandOverThePort() {
    Ports ports = job();
    AtomicReference<Port> found = new AtomicReference<>();
    ports.names(Scope.LOCAL).handler(event -> found.set(event.port()));
    Port port = publish(ports, "apple", LOCAL);
    await().until(() -> port.equals(found.get()));
  }

  @Test
  void shouldTellOtherJobsOfGlobalNames() {
    Ports alice = job(TestNameServers.UP);
    Ports bob = job(TestNameServers.UP);
    listen(bob.names(Scope.GLOBAL));
    publish(alice, "local", LOCAL);
    publish(alice, "apple", new NameOptions());
    get(alice.close());
    awaitTold("PUBLISHED apple", "VANISHED apple");
  }

  @Test
  void shouldWaitForItsReader() {
    Ports ports = job();
    ReadStream<NameEvent> stream = ports.names(Scope.LOCAL).pause();
    listen(stream);
    for (String name : List.of("a", "b", "c")) {
      publish(ports, name, LOCAL);
    }
    stream.fetch(2);
    awaitTold("PUBLISHED a", "PUBLISHED b");
    stream.resume();
    awaitTold("PUBLISHED a", "PUBLISHED b", "PUBLISHED c");
  }

  @Test
  void shouldEndWithTheRank() {
    Ports ports = job();
    publish(ports, "apple", LOCAL);
    listen(ports.names(Scope.LOCAL));
    awaitTold("PUBLISHED apple");
    get(ports.close());
    await().untilTrue(ended);
    listen(ports.names(Scope.LOCAL));
    assertEquals(List.of("PUBLISHED apple"), told);
  }

  @Test
  void shouldEndWhenItsHandlerIsTakenAway() {
    Ports ports = job();
    ReadStream<NameEvent> stream = listen(ports.names(Scope.LOCAL));
    publish(ports, "apple", LOCAL);
    awaitTold("PUBLISHED apple");
    stream.handler(null);
    await().untilTrue(ended);
    publish(ports, "pear", LOCAL);
    listen(ports.names(Scope.LOCAL));
    awaitTold("PUBLISHED apple", "PUBLISHED apple", "PUBLISHED pear");
  }

  @Test
  void shouldFailWhereNoServerAnswers() {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    ReadStream<NameEvent> stream = job(TestNameServers.DOWN).names(Scope.GLOBAL);
    listen(stream.exceptionHandler(failure::set));
    await().untilTrue(ended);
    assertEquals(ErrorClass.SERVICE, assertInstanceOf(MpiException.class, failure.get()).errorClass());
    assertTrue(told.isEmpty());
  }
}
