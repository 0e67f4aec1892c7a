package dev.vertxmpi.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SetService} keeps to, seen by two processes. Subclasses say how the two reach it; how members
 * vanish with a killed process is theirs to test.
 */
public abstract class SetServiceContract {

  private static final long PATIENCE_MILLIS = 20_000;

  protected final String uri = "svc://" + UUID.randomUUID();
  protected SetService alice;
  protected SetService bob;
  private final List<ProcessId> joined = new CopyOnWriteArrayList<>();

  /**
   * Opens the store.
   *
   * @param process 0 or 1: two processes, in as far as the backend can tell them apart
   * @return a service that the suite closes
   */
  protected abstract SetService open(int process) throws Exception;

  @BeforeEach
  void openBoth() throws Exception {
    alice = open(0);
    bob = open(1);
  }

  @AfterEach
  void closeBoth() throws Exception {
    SetService last = open(0);
    joined.forEach(process -> await(last.remove(uri, process, false)));
    List.of(alice, bob, last).forEach(service -> await(service.close()));
  }

  protected static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("the future does not succeed", e);
    }
  }

  protected static MpiException assertFails(ErrorClass expected, Future<?> future) {
    ExecutionException failure = assertThrows(ExecutionException.class,
        () -> future.toCompletionStage().toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    MpiException why = assertInstanceOf(MpiException.class, failure.getCause());
    assertEquals(expected, why.errorClass(), why::getMessage);
    return why;
  }

  protected SetMember member() {
    ProcessId process = new ProcessId(UUID.randomUUID(), 0, 0);
    joined.add(process);
    return new SetMember(process, new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:4711")), "secret", "");
  }

  /** What one watcher is told. */
  protected static final class Told {
    private final List<SetRoll> rolls = new CopyOnWriteArrayList<>();

    /** The newest roll, once it has as many members. */
    public SetRoll of(int members) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      while (rolls.isEmpty() || rolls.getLast().members().size() != members) {
        if (System.nanoTime() > end) {
          throw new AssertionError("never told of " + members + " members, but of " + rolls);
        }
        Thread.onSpinWait();
      }
      return rolls.getLast();
    }

    /** All that it was told. */
    public List<SetRoll> all() {
      return rolls;
    }
  }

  protected Told watch(SetService service) {
    Told told = new Told();
    await(service.watch(uri, told.rolls::add));
    return told;
  }

  private static List<ProcessId> processes(SetRoll roll) {
    return roll.group().members();
  }

  @Test
  void shouldKeepMembersInTheOrderOfComing() {
    SetMember first = member();
    SetMember second = member();
    SetRoll one = await(alice.join(uri, first));
    SetRoll two = await(bob.join(uri, second));
    assertEquals(List.of(first.process()), processes(one));
    assertEquals(List.of(first.process(), second.process()), processes(two));
    assertTrue(two.epoch() > one.epoch());
    assertEquals(first.place(), two.find(first.process()).orElseThrow().place());
    assertEquals("secret", two.find(first.process()).orElseThrow().secret());
  }

  @Test
  void shouldChangeNothingForWhoIsInAlready() {
    SetMember first = member();
    SetRoll one = await(alice.join(uri, first));
    assertEquals(one.epoch(), await(alice.join(uri, first)).epoch());
  }

  @Test
  void shouldTellWhatIsThereAndWhatChanges() {
    Told before = watch(bob);
    assertEquals(List.of(), before.of(0).members());
    SetMember first = member();
    SetRoll joined = await(alice.join(uri, first));
    assertEquals(joined.epoch(), before.of(1).epoch());
    assertEquals(joined.epoch(), watch(alice).of(1).epoch());
    SetMember second = member();
    await(bob.join(uri, second));
    await(alice.remove(uri, first.process(), false));
    SetRoll last = before.of(1);
    while (last.find(first.process()).isPresent()) {
      last = before.of(1);
    }
    assertEquals(List.of(second.process()), processes(last));
    assertFalse(last.hasDied(first.process()));
    assertTrue(last.epoch() > joined.epoch());
  }

  @Test
  void shouldRememberTheDead() {
    SetMember first = member();
    SetMember second = member();
    await(alice.join(uri, first));
    await(bob.join(uri, second));
    await(bob.remove(uri, first.process(), true));
    assertTrue(watch(alice).of(1).hasDied(first.process()));
    assertFails(ErrorClass.PROC_FAILED, alice.join(uri, first));
  }

  @Test
  void shouldLetThoseComeBackWhoLeft() {
    SetMember first = member();
    SetMember second = member();
    await(alice.join(uri, first));
    await(bob.join(uri, second));
    await(alice.remove(uri, first.process(), false));
    assertEquals(List.of(second.process(), first.process()), processes(await(alice.join(uri, first))));
  }

  @Test
  void shouldTakeOutWhoIsNotThere() {
    await(alice.remove(uri, new ProcessId(UUID.randomUUID(), 0, 0), true));
    SetMember first = member();
    SetRoll one = await(alice.join(uri, first));
    await(bob.remove(uri, new ProcessId(UUID.randomUUID(), 0, 0), true));
    assertEquals(one.epoch(), watch(bob).of(1).epoch());
  }

  @Test
  void shouldNeverRepeatAnEpoch() {
    SetMember first = member();
    HashSet<Long> epochs = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      assertTrue(epochs.add(await(alice.join(uri, first)).epoch()), "epoch of join " + i);
      await(alice.remove(uri, first.process(), false));
    }
  }

  @Test
  void shouldLoseNobodyWhoComesAtOnce() {
    Told told = watch(alice);
    List<SetMember> members = IntStream.range(0, 12).mapToObj(i -> member()).toList();
    List<Future<SetRoll>> joins = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      joins.add((i % 2 == 0 ? alice : bob).join(uri, members.get(i)));
    }
    HashSet<Long> epochs = new HashSet<>();
    joins.forEach(join -> epochs.add(await(join).epoch()));
    assertEquals(members.size(), epochs.size());
    SetRoll all = told.of(members.size());
    assertEquals(processes(all), processes(watch(bob).of(members.size())));
  }

  @Test
  void shouldTellNothingMoreWhenStopped() {
    Told told = new Told();
    Runnable stop = await(bob.watch(uri, told.rolls::add));
    told.of(0);
    stop.run();
    Told other = watch(bob);
    await(alice.join(uri, member()));
    other.of(1);
    assertEquals(0, told.all().getLast().members().size());
  }

  @Test
  void shouldRefuseCallsWhenClosed() {
    await(alice.close());
    assertFails(ErrorClass.SERVICE, alice.join(uri, member()));
    assertFails(ErrorClass.SERVICE, alice.remove(uri, member().process(), false));
    assertFails(ErrorClass.SERVICE, alice.watch(uri, roll -> { }));
  }
}
