package dev.vertxmpi.runtime.sets;

import static dev.vertxmpi.runtime.comm.Waiting.all;
import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static dev.vertxmpi.runtime.sets.Replicas.make;
import static dev.vertxmpi.runtime.sets.Replicas.sums;
import static dev.vertxmpi.runtime.sets.Replicas.together;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.Op;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.process.SetSnapshot;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Communicators that the members of one snapshot make. */
class SetCommunicatorTest {

  private static final int ROUNDS = 50;

  private final Replicas replicas = new Replicas();

  @AfterEach
  void shouldLeaveNothingBehind() {
    replicas.close();
  }

  @OverLinks
  void shouldMakeACommunicatorThatHasNoParent(String link) {
    Replica a = replicas.add(link);
    Replica b = replicas.add(link);
    Replica c = replicas.add(link);
    SetSnapshot now = c.sees(a, b, c);
    a.sees(a, b, c);
    b.sees(a, b, c);
    // In any order: rank 0 need not be the first to call.
    List<Future<Intracommunicator>> made = make(now, c, b, a);
    List<Intracommunicator> comms = all(made);
    assertEquals(List.of(2, 1, 0), comms.stream().map(Intracommunicator::rank).toList());
    assertEquals(now.group(), comms.getFirst().group());
    assertEquals(List.of(6, 6, 6), sums(comms));
    Future<?> received = comms.get(0).recv(String.class, 1, 5).map(got -> got.body());
    await(comms.get(1).send("hello", 2, 5));
    assertEquals("hello", await(received));
    all(comms.stream().map(Intracommunicator::free).toList());
  }

  /** What a fast member sends for the next one may come before a slow one has it. */
  @OverLinks
  void shouldMakeTheSameAgainAndAgain(String link) {
    Replica a = replicas.add(link);
    Replica b = replicas.add(link);
    Replica c = replicas.add(link);
    SetSnapshot snapshot = together(a, b, c);
    all(Stream.of(a, b, c).map(replica -> again(replica, snapshot, ROUNDS)).toList());
  }

  private static Future<Void> again(Replica replica, SetSnapshot snapshot, int rounds) {
    return rounds == 0 ? Future.succeededFuture() : replica.set.communicator(snapshot, "again")
        .compose(comm -> comm.allreduce(1, Op.SUM).compose(sum -> {
          assertEquals(3, sum);
          return comm.free();
        })).compose(freed -> again(replica, snapshot, rounds - 1));
  }

  @Test
  void shouldTakeRanksOfOneJob() {
    List<Integer> sums = await(MpiJob.run(replicas.vertx(), new JobOptions().setRanks(3).setMpi(Replica.options()),
        mpi -> mpi.processSet(replicas.uri())
            .compose(set -> set.join().compose(in -> whole(set, 3)).compose(set::communicator))
            .compose(comm -> comm.allreduce(1, Op.SUM).compose(sum -> comm.barrier().map(sum)))));
    assertEquals(List.of(3, 3, 3), sums);
  }

  /** The first snapshot with so many members. */
  private static Future<SetSnapshot> whole(ProcessSet set, int size) {
    Promise<SetSnapshot> promise = Promise.promise();
    set.changes().handler(change -> {
      if (change.now().size() == size) {
        promise.tryComplete(change.now());
      }
    });
    return promise.future();
  }

  @Test
  void shouldTellCommunicatorsOfOneSnapshotApartByTag() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    SetSnapshot now = together(a, b);
    Future<Intracommunicator> blueAtA = a.set.communicator(now, "blue");
    Future<Intracommunicator> redAtB = b.set.communicator(now, "red");
    Future<Intracommunicator> redAtA = a.set.communicator(now, "red");
    Future<Intracommunicator> blueAtB = b.set.communicator(now, "blue");
    List<Intracommunicator> blue = all(List.of(blueAtA, blueAtB));
    assertEquals(List.of(3, 3), sums(blue));
    assertEquals(List.of(3, 3), sums(all(List.of(redAtA, redAtB))));
    failure(ErrorClass.ARG, a.set.communicator(now, "blue"));
    all(blue.stream().map(Intracommunicator::free).toList());
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> await(a.set.with(new CallOptions()
        .setTimeout(Duration.ofMillis(100))).communicator(now, "blue").transform(outcome -> Future.succeededFuture(
            MpiException.of(outcome.cause()).errorClass()))) == ErrorClass.TIMEOUT);
    assertEquals(List.of(3, 3), sums(all(List.of(b.set.communicator(now, "blue"), a.set.communicator(now, "blue")))));
  }

  @Test
  void shouldMakeACommunicatorOfSomeMembers() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    Replica c = replicas.add();
    SetSnapshot now = together(a, b, c);
    SetSnapshot some = new SetSnapshot(replicas.uri(), now.epoch(), new Group(List.of(c.id(), a.id())));
    List<Intracommunicator> made = all(make(some, a, c));
    assertEquals(List.of(1, 0), made.stream().map(Intracommunicator::rank).toList());
    assertEquals(List.of(3, 3), sums(made));
    failure(ErrorClass.GROUP, b.set.communicator(some));
    failure(ErrorClass.ARG, a.set.communicator(new SetSnapshot("svc://other", now.epoch(), now.group())));
    failure(ErrorClass.GROUP, a.set.communicator(new SetSnapshot(replicas.uri(), now.epoch() + 1, now.group())));
  }

  @Test
  void shouldNameWhoIsMissing() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    Replica c = replicas.add();
    SetSnapshot now = together(a, b, c);
    CallOptions soon = new CallOptions().setTimeout(Duration.ofMillis(300));
    // The deadline of rank 0 comes first, then that of another rank.
    for (boolean first : new boolean[] {true, false}) {
      Future<?> atA = (first ? a.set.with(soon) : a.set).communicator(now);
      Future<?> atB = (first ? b.set : b.set.with(soon)).communicator(now);
      for (Future<?> late : List.of(atA, atB)) {
        MpiException why = failure(ErrorClass.TIMEOUT, late);
        assertEquals(List.of(2), why.ranks());
        assertTrue(why.reason().contains("rank 2 (" + c.id() + ")"), why::reason);
        assertEquals("MPI_Comm_create_from_group", why.procedure());
      }
    }
    // Nothing of these is left in the way.
    assertEquals(List.of(6, 6, 6), sums(all(make(now, a, b, c))));
  }

  @Test
  void shouldNameRankZeroWhereItIsMissing() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    Replica c = replicas.add();
    SetSnapshot now = together(a, b, c);
    CallOptions soon = new CallOptions().setTimeout(Duration.ofMillis(300));
    Future<?> atB = b.set.with(soon).communicator(now);
    MpiException why = failure(ErrorClass.TIMEOUT, atB);
    assertEquals(List.of(0), why.ranks());
    assertTrue(why.reason().contains(a.id().toString()), why::reason);
    // Who is there before rank 0 waits for it, and is found.
    List<Future<Intracommunicator>> made = new ArrayList<>(make(now, c, b));
    made.add(a.set.communicator(now));
    assertEquals(List.of(6, 6, 6), sums(all(made)));
  }

  @Test
  void shouldCancelForAll() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    Replica c = replicas.add();
    SetSnapshot now = together(a, b, c);
    for (Replica canceller : List.of(a, b)) {
      var scope = new CancelScope();
      List<Future<Intracommunicator>> waiting = List.of(a, b).stream().map(one -> (one == canceller
          ? one.set.with(new CallOptions().setCancel(scope)) : one.set).communicator(now)).toList();
      // Whoever was not there yet when the other cancelled would wait for its deadline.
      await(replicas.vertx().timer(200).mapEmpty());
      scope.cancel();
      waiting.forEach(one -> failure(ErrorClass.CANCELLED, one));
    }
    assertEquals(List.of(6, 6, 6), sums(all(make(now, a, b, c))));
  }
}
