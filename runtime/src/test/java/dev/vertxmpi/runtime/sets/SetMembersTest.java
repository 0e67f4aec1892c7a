package dev.vertxmpi.runtime.sets;

import static dev.vertxmpi.runtime.comm.Waiting.all;
import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static dev.vertxmpi.runtime.sets.Replicas.make;
import static dev.vertxmpi.runtime.sets.Replicas.sums;
import static dev.vertxmpi.runtime.sets.Replicas.together;
import static dev.vertxmpi.runtime.sets.Replicas.untilTold;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.process.SetSnapshot;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is in a set, and what each is told of that. Replicas in one JVM: each a world of one. */
class SetMembersTest {

  private final Replicas replicas = new Replicas();

  @AfterEach
  void shouldLeaveNothingBehind() {
    replicas.close();
  }

  @Test
  void shouldTellEachTheSameMembersInTheOrderOfComing() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    Replica c = replicas.add();
    SetSnapshot now = c.sees(a, b, c);
    assertEquals(now, a.sees(a, b, c));
    assertEquals(now, b.sees(a, b, c));
    assertTrue(now.contains(b.id()));
    assertEquals(replicas.uri(), now.uri());
    untilTold(a, now);
    assertEquals(List.of(a.id(), b.id(), c.id()), a.joined());
    untilTold(c, now);
    assertEquals(List.of(a.id(), b.id(), c.id()), c.joined());
    assertEquals(List.of(), a.left());
  }

  @Test
  void shouldJoinAndLeaveAgain() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    SetSnapshot first = together(a, b);
    List<Intracommunicator> old = all(make(first, a, b));
    assertEquals(first, await(a.set.join()));
    await(a.set.leave());
    together(b);
    SetSnapshot second = await(a.set.join());
    assertEquals(List.of(b.id(), a.id()), second.group().members());
    // Who leaves keeps its communicators.
    assertEquals(List.of(3, 3), sums(old));
    assertEquals(List.of(3, 3), sums(all(make(together(b, a), a, b))));
  }

  @Test
  void shouldPutOutWhoIsDeclaredDead() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    together(a, b);
    await(new InJvmSetService().remove(replicas.uri(), b.id(), true));
    SetSnapshot now = together(a);
    untilTold(a, now);
    untilTold(b, now);
    assertEquals(List.of(b.id()), a.died());
    assertEquals(List.of(b.id()), b.died());
    failure(ErrorClass.PROC_FAILED, b.set.join());
    failure(ErrorClass.GROUP, b.set.communicator(now));
    assertEquals(List.of(1), sums(all(make(now, a))));
  }

  @Test
  void shouldLetOnlookersLookOn() {
    Mpi mpi = await(Mpi.init(replicas.vertx(), Replica.options()));
    ProcessSet set = await(mpi.processSet(replicas.uri()));
    assertEquals(0, set.snapshot().size());
    await(set.leave());
    Replica a = replicas.add();
    Awaitility.await().until(() -> set.snapshot().size() == 1);
    failure(ErrorClass.GROUP, set.communicator(set.snapshot()));
    assertEquals(set.snapshot(), await(mpi.processSet(replicas.uri())).snapshot());
    assertEquals(List.of(a.id()), set.snapshot().group().members());
    await(mpi.close());
    failure(ErrorClass.COMM, set.join());
  }

  @Test
  void shouldRefuseNamesThatAreNoUris() {
    Mpi mpi = await(Mpi.init(replicas.vertx(), Replica.options()));
    for (String wrong : List.of("", "orders", "://orders", "svc://", "mpi://WORLD", "svc://" + "x".repeat(1024))) {
      assertTrue(failure(ErrorClass.ARG, mpi.processSet(wrong)).reason().startsWith("uri must"));
    }
    await(mpi.close());
  }
}
