package dev.vertxmpi.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.process.ProcessId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link NameService} keeps to, seen by two processes that share a scope. Subclasses say how the two reach
 * it; how names vanish with a killed process is theirs to test.
 */
public abstract class NameServiceContract {

  protected static final Duration NOT_AT_ALL = Duration.ZERO;
  protected static final Duration LONG = Duration.ofSeconds(20);

  private static final UUID JOB = UUID.randomUUID();
  protected static final ProcessId ALICE = new ProcessId(JOB, 0, 0);
  protected static final ProcessId BOB = new ProcessId(JOB, 1, 0);

  protected NameService alice;
  protected NameService bob;

  /**
   * Opens the scope.
   *
   * @param process 0 or 1: two processes, in as far as the backend can tell them apart
   * @return a service that the suite closes
   */
  protected abstract NameService open(int process) throws Exception;

  @BeforeEach
  void openBoth() throws Exception {
    alice = open(0);
    bob = open(1);
  }

  @AfterEach
  void closeBoth() {
    for (NameService service : List.of(alice, bob)) {
      Future<Void> gone = service.unpublishAll(ALICE).compose(ok -> service.unpublishAll(BOB))
          .eventually(service::close);
      settled(gone);
      await(service.close());
    }
  }

  @Test
  void shouldFindWhatAnotherPublished() {
    await(alice.publish("orders", "port of orders", ALICE, false));
    NameEntry entry = await(bob.lookup("orders", NOT_AT_ALL));
    assertEquals("orders", entry.service());
    assertEquals("port of orders", entry.port());
    assertEquals(ALICE, entry.owner());
  }

  @Test
  void shouldKeepAnyCharacters() {
    String service = "Grüße \"quoted\" \\ ; = \n 图";
    String port = "mpi1;key=\"\\\u0001" + "x".repeat(1000);
    await(alice.publish(service, port, ALICE, true));
    NameEntry entry = await(bob.lookup(service, NOT_AT_ALL));
    assertEquals(service, entry.service());
    assertEquals(port, entry.port());
  }

  @Test
  void shouldReplaceUnlessUniqueIsAsked() {
    await(alice.publish("orders", "old", ALICE, true));
    long before = await(bob.lookup("orders", NOT_AT_ALL)).epoch();
    await(bob.publish("orders", "new", BOB, false));
    NameEntry entry = await(alice.lookup("orders", NOT_AT_ALL));
    assertEquals("new", entry.port());
    assertEquals(BOB, entry.owner());
    assertTrue(entry.epoch() > before, "the epoch counts publications");
  }

  @Test
  void shouldRefuseToPublishTwiceWhereUniqueIsAsked() {
    await(alice.publish("orders", "old", ALICE, true));
    assertFails(ErrorClass.NAME, bob.publish("orders", "new", BOB, true));
    assertFails(ErrorClass.NAME, alice.publish("orders", "new", ALICE, true));
    assertEquals("old", await(bob.lookup("orders", NOT_AT_ALL)).port());
  }

  @Test
  void shouldLetOneOfManyWinAUniqueName() {
    List<Future<Void>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      attempts.add((i % 2 == 0 ? alice : bob).publish("race", "port " + i, i % 2 == 0 ? ALICE : BOB, true));
    }
    attempts.forEach(NameServiceContract::settled);
    assertEquals(1, attempts.stream().filter(Future::succeeded).count());
    int winner = attempts.indexOf(attempts.stream().filter(Future::succeeded).findFirst().orElseThrow());
    assertEquals("port " + winner, await(bob.lookup("race", NOT_AT_ALL)).port());
  }

  @Test
  void shouldLoseNoPublicationThatReplaces() {
    List<Future<Void>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      attempts.add((i % 2 == 0 ? alice : bob).publish("race", "port " + i, ALICE, false));
    }
    attempts.forEach(NameServiceContract::await);
    assertTrue(await(alice.lookup("race", NOT_AT_ALL)).port().startsWith("port "));
  }

  @Test
  void shouldTakeBack() {
    await(alice.publish("orders", "port", ALICE, true));
    await(alice.unpublish("orders", ALICE));
    assertFails(ErrorClass.NAME, bob.lookup("orders", NOT_AT_ALL));
    assertFails(ErrorClass.SERVICE, alice.unpublish("orders", ALICE));
  }

  @Test
  void shouldCountEpochsOnAcrossAnAbsence() {
    await(alice.publish("orders", "one", ALICE, true));
    long before = await(bob.lookup("orders", NOT_AT_ALL)).epoch();
    await(alice.unpublish("orders", ALICE));
    await(bob.publish("orders", "two", BOB, true));
    assertTrue(await(alice.lookup("orders", NOT_AT_ALL)).epoch() > before);
  }

  @Test
  void shouldRefuseToTakeBackWhatWasNeverPublished() {
    assertFails(ErrorClass.SERVICE, alice.unpublish("nobody", ALICE));
  }

  @Test
  void shouldLetOnlyTheOwnerTakeBack() {
    await(alice.publish("orders", "port", ALICE, true));
    assertFails(ErrorClass.ACCESS, bob.unpublish("orders", BOB));
    assertEquals("port", await(bob.lookup("orders", NOT_AT_ALL)).port());
  }

  @Test
  void shouldTakeBackAllNamesOfOneProcess() {
    await(alice.publish("a1", "port", ALICE, true));
    await(bob.publish("b", "port", BOB, true));
    await(alice.publish("a2", "port", ALICE, true));
    await(bob.unpublishAll(ALICE));
    assertEquals(List.of("b"), await(alice.list()).stream().map(NameEntry::service).toList());
  }

  @Test
  void shouldSayThatANameIsNotThere() {
    MpiException error = assertFails(ErrorClass.NAME, alice.lookup("nobody", NOT_AT_ALL));
    assertTrue(error.reason().contains("nobody"), error.reason());
    assertFails(ErrorClass.NAME, alice.lookup("nobody", Duration.ofMillis(50)));
  }

  @Test
  void shouldWaitForAName() {
    Future<NameEntry> waiting = bob.lookup("late", LONG);
    Future<NameEntry> here = alice.lookup("late", LONG);
    // Once a lookup that came later has gone its way, the others are waiting.
    assertFails(ErrorClass.NAME, bob.lookup("late", Duration.ofMillis(100)));
    assertFalse(waiting.isComplete());
    await(alice.publish("late", "port", ALICE, true));
    assertEquals("port", await(waiting).port());
    assertEquals("port", await(here).port());
  }

  @Test
  void shouldListInTheOrderOfTheNames() {
    assertEquals(List.of(), await(bob.list()));
    for (String name : List.of("pear", "apple", "fig")) {
      await(alice.publish(name, "port of " + name, ALICE, true));
    }
    List<NameEntry> all = await(bob.list());
    assertEquals(List.of("apple", "fig", "pear"), all.stream().map(NameEntry::service).toList());
    assertEquals("port of fig", all.get(1).port());
  }

  @Test
  void shouldTellNoSecrets() {
    await(alice.publish("orders", "hush-hush", ALICE, true));
    assertFalse(await(bob.lookup("orders", NOT_AT_ALL)).toString().contains("hush"));
    assertFalse(await(bob.list()).toString().contains("hush"));
    assertFalse(assertFails(ErrorClass.NAME, bob.publish("orders", "hush", BOB, true)).toString().contains("hush"));
    assertFalse(assertFails(ErrorClass.ACCESS, bob.unpublish("orders", BOB)).toString().contains("hush"));
  }

  private static String told(BlockingQueue<NameEvent> events) {
    try {
      NameEvent event = events.poll(20, TimeUnit.SECONDS);
      assertNotNull(event, "nothing is told");
      return event.kind() + " " + event.service() + " for " + event.entry().port();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldTellAWatcherWhatIsThereAndWhatComesAndGoes() {
    BlockingQueue<NameEvent> events = new LinkedBlockingQueue<>();
    await(alice.publish("apple", "one", ALICE, true));
    await(bob.watch(events::add));
    assertEquals("PUBLISHED apple for one", told(events));
    await(alice.publish("pear", "two", ALICE, true));
    assertEquals("PUBLISHED pear for two", told(events));
    await(bob.publish("pear", "three", BOB, false));
    assertEquals("PUBLISHED pear for three", told(events));
    await(alice.unpublish("apple", ALICE));
    assertEquals("VANISHED apple for one", told(events));
    await(alice.unpublishAll(BOB));
    assertEquals("VANISHED pear for three", told(events));
    await(alice.publish("apple", "four", ALICE, true));
    assertEquals("PUBLISHED apple for four", told(events));
  }

  @Test
  void shouldTellEveryWatcherUntilItHasEnough() {
    BlockingQueue<NameEvent> here = new LinkedBlockingQueue<>();
    BlockingQueue<NameEvent> there = new LinkedBlockingQueue<>();
    Runnable enough = await(alice.watch(here::add));
    await(bob.watch(there::add));
    enough.run();
    enough.run();
    await(alice.publish("apple", "one", ALICE, true));
    assertEquals("PUBLISHED apple for one", told(there));
    await(bob.close());
    await(alice.unpublish("apple", ALICE));
    await(alice.watch(here::add));
    await(alice.publish("last", "two", ALICE, true));
    assertEquals("PUBLISHED last for two", told(here));
    assertTrue(there.isEmpty(), there::toString);
    assertFails(ErrorClass.SERVICE, bob.watch(there::add));
  }

  @Test
  void shouldTellAWatcherNoSecretsInText() {
    BlockingQueue<NameEvent> events = new LinkedBlockingQueue<>();
    await(bob.watch(events::add));
    await(alice.publish("orders", "hush-hush", ALICE, true));
    assertFalse(events.toString().contains("hush"));
    assertEquals("PUBLISHED orders for hush-hush", told(events));
  }

  @Test
  void shouldSettleWhatWaitsWhenItCloses() {
    Future<NameEntry> waiting = bob.lookup("never", LONG);
    await(bob.close());
    assertFails(ErrorClass.SERVICE, waiting);
    assertFails(ErrorClass.SERVICE, bob.lookup("never", NOT_AT_ALL));
    assertFails(ErrorClass.SERVICE, bob.publish("never", "port", BOB, false));
    await(bob.close());
  }

  @Test
  void shouldLeaveOthersAloneWhenOneCloses() {
    await(alice.publish("orders", "port", ALICE, true));
    await(bob.close());
    assertEquals("port", await(alice.lookup("orders", NOT_AT_ALL)).port());
  }

  /** The result; a failure is thrown. */
  protected static <T> T await(Future<T> future) {
    settled(future);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  /** The error, which must be of that class. */
  protected static MpiException assertFails(ErrorClass expected, Future<?> future) {
    settled(future);
    Throwable failure = assertThrows(Throwable.class, () -> {
      if (future.failed()) {
        throw future.cause();
      }
    });
    MpiException error = assertInstanceOf(MpiException.class, failure);
    assertEquals(expected, error.errorClass(), error::getMessage);
    return error;
  }

  /** Waits until it has succeeded or failed. */
  protected static void settled(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      assertTrue(future.failed());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("the future does not settle", e);
    }
  }
}
