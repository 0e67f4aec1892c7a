package dev.vertxmpi.runtime.sets;

import static dev.vertxmpi.runtime.comm.Waiting.all;
import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.Op;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.process.SetSnapshot;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replicas that come and go, in one JVM: each a world of one. */
class ProcessSetTest {

  private static final int ROUNDS = 50;

  private final Vertx vertx = Vertx.vertx();
  private final String uri = "svc://" + UUID.randomUUID();
  private final int before = InJvmSetService.count();

  @AfterEach
  void shouldLeaveNothingBehind() {
    await(vertx.close());
    Awaitility.await().untilAsserted(() -> assertEquals(before, InJvmSetService.count()));
  }

  private Replica replica(String link) {
    return Replica.deploy(vertx, uri, Replica.options().setLinks(List.of(link)));
  }

  private Replica replica() {
    return Replica.deploy(vertx, uri);
  }

  private static List<Future<Intracommunicator>> make(SetSnapshot of, Replica... members) {
    return Arrays.stream(members).map(member -> member.set.communicator(of)).toList();
  }

  private static List<Integer> sums(List<Intracommunicator> comms) {
    return all(comms.stream().map(comm -> comm.allreduce(comm.rank() + 1, Op.SUM)).toList());
  }

  private static void untilTold(Replica replica, SetSnapshot now) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !replica.changes.isEmpty()
        && replica.changes.getLast().now().epoch() >= now.epoch());
  }

  @Test
  void shouldTellEachTheSameMembersInTheOrderOfComing() {
    Replica a = replica();
    Replica b = replica();
    Replica c = replica();
    SetSnapshot now = c.sees(a, b, c);
    assertEquals(now, a.sees(a, b, c));
    assertEquals(now, b.sees(a, b, c));
    assertTrue(now.contains(b.id()));
    assertEquals(uri, now.uri());
    untilTold(a, now);
    assertEquals(List.of(a.id(), b.id(), c.id()), a.joined());
    untilTold(c, now);
    assertEquals(List.of(a.id(), b.id(), c.id()), c.joined());
    assertEquals(List.of(), a.left());
  }

  @OverLinks
  void shouldMakeACommunicatorThatHasNoParent(String link) {
    Replica a = replica(link);
    Replica b = replica(link);
    Replica c = replica(link);
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

  @Test
  void shouldLeaveTheOldCommunicatorAsItIsWhenANewcomerComes() {
    Replica a = replica();
    Replica b = replica();
    List<Intracommunicator> old = all(make(together(a, b), a, b));
    Future<Integer> underWay = old.get(0).allreduce(1, Op.SUM);
    Replica c = replica();
    SetSnapshot now = together(a, b, c);
    untilTold(a, now);
    assertEquals(List.of(c.id()), a.changes.getLast().joined());
    assertEquals(now, a.changes.getLast().now());
    // What had begun completes among those who began it, and new operations may follow.
    assertEquals(2, await(old.get(1).allreduce(1, Op.SUM)));
    assertEquals(2, await(underWay));
    List<Intracommunicator> larger = all(make(now, a, b, c));
    assertEquals(List.of(6, 6, 6), sums(larger));
    assertEquals(List.of(3, 3), sums(old));
  }

  /** The snapshot that all of them see, and nobody else is in. */
  private static SetSnapshot together(Replica... members) {
    SetSnapshot now = members[0].sees(members);
    Arrays.stream(members).forEach(member -> assertEquals(now, member.sees(members)));
    return now;
  }

  @OverLinks
  void shouldFailAnAllreduceWhoseMemberIsUndeployed(String link) {
    Replica a = replica(link);
    Replica b = replica(link);
    Replica c = replica(link);
    List<Intracommunicator> old = all(make(together(a, b, c), a, b, c));
    assertEquals(List.of(6, 6, 6), sums(old));
    List<Future<Integer>> underWay = List.of(old.get(0).allreduce(1, Op.SUM), old.get(1).allreduce(1, Op.SUM));
    c.undeploy();
    for (Future<Integer> one : underWay) {
      assertEquals(List.of(2), failure(ErrorClass.PROC_FAILED, one).ranks());
    }
    SetSnapshot smaller = together(a, b);
    untilTold(a, smaller);
    assertEquals(List.of(c.id()), a.left());
    assertEquals(List.of(), a.died());
    assertEquals(List.of(3, 3), sums(all(make(smaller, a, b))));
    assertEquals(ErrorClass.PROC_FAILED, failure(old.get(0).allreduce(1, Op.SUM)).errorClass());
  }

  @OverLinks
  void shouldTellTheOthersOfALeaverWhoseOwnCallIsUnderWay(String link) {
    Replica a = replica(link);
    Replica b = replica(link);
    Replica c = replica(link);
    List<Intracommunicator> old = all(make(together(a, b, c), a, b, c));
    assertEquals(List.of(6, 6, 6), sums(old));
    Future<Integer> theirs = old.get(1).allreduce(1, Op.SUM);
    Future<Integer> own = old.get(2).allreduce(1, Op.SUM);
    c.undeploy();
    assertEquals(List.of(2), failure(ErrorClass.PROC_FAILED, theirs).ranks());
    assertEquals(ErrorClass.COMM, failure(own).errorClass());
  }

  /** What a fast member sends for the next one may come before a slow one has it. */
  @OverLinks
  void shouldMakeTheSameAgainAndAgain(String link) {
    Replica a = replica(link);
    Replica b = replica(link);
    Replica c = replica(link);
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
  void shouldTakeARestartedReplicaForAnotherProcess() {
    Replica a = replica();
    Replica b = replica();
    Replica c = replica();
    List<Intracommunicator> old = all(make(together(a, b, c), a, b, c));
    List<Future<Integer>> underWay = List.of(old.get(1).allreduce(1, Op.SUM), old.get(2).allreduce(1, Op.SUM));
    a.undeploy();
    Replica again = replica();
    underWay.forEach(one -> failure(ErrorClass.PROC_FAILED, one));
    // At the end of the order, under another id, and of no meaning for the old communicator.
    SetSnapshot now = together(b, c, again);
    assertFalse(now.contains(a.id()));
    failure(ErrorClass.PROC_FAILED, old.get(1).allreduce(1, Op.SUM));
    assertEquals(List.of(6, 6, 6), sums(all(make(now, b, c, again))));
    untilTold(b, now);
    assertEquals(List.of(a.id()), b.left());
    assertEquals(again.id(), b.joined().getLast());
  }

  @Test
  void shouldNameWhoIsMissing() {
    Replica a = replica();
    Replica b = replica();
    Replica c = replica();
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
    Replica a = replica();
    Replica b = replica();
    Replica c = replica();
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
  void shouldFailAtOnceWhenAMemberGoesWhileOthersWaitForIt() {
    Replica a = replica();
    Replica b = replica();
    Replica c = replica();
    Replica d = replica();
    SetSnapshot now = together(a, b, c, d);
    List<Future<Intracommunicator>> waiting = make(now, a, b, c);
    await(d.set.leave());
    waiting.forEach(one -> assertEquals(List.of(3), failure(ErrorClass.PROC_FAILED, one).ranks()));
    failure(ErrorClass.PROC_FAILED, a.set.communicator(now));
    failure(ErrorClass.GROUP, d.set.communicator(together(a, b, c)));
    // The same where it is rank 0, and ends.
    SetSnapshot next = together(a, b, c);
    waiting = make(next, b, c);
    a.undeploy();
    waiting.forEach(one -> assertEquals(List.of(0), failure(ErrorClass.PROC_FAILED, one).ranks()));
    // And where it closes the set.
    SetSnapshot last = together(b, c);
    Future<?> atC = c.set.communicator(last);
    await(b.set.close());
    assertEquals(List.of(0), failure(ErrorClass.PROC_FAILED, atC).ranks());
    failure(ErrorClass.GROUP, b.set.communicator(last));
    failure(ErrorClass.GROUP, b.set.join());
  }

  @Test
  void shouldSendAwayWhoComesForAnOlderEpoch() {
    Replica a = replica();
    Replica b = replica();
    SetSnapshot older = together(a, b);
    Replica c = replica();
    SetSnapshot newer = together(a, b, c);
    // Rank 0 waits for the older while another has called for the newer, and the other way round.
    Future<?> olderAtA = a.set.communicator(older);
    Future<Intracommunicator> newerAtB = b.set.communicator(newer);
    assertEquals(List.of(1), failure(ErrorClass.GROUP, olderAtA).ranks());
    failure(ErrorClass.GROUP, b.set.communicator(older));
    List<Future<Intracommunicator>> made = new ArrayList<>(make(newer, a, c));
    made.add(newerAtB);
    assertEquals(List.of(6, 6, 6), sums(all(made)));
    Replica d = replica();
    SetSnapshot newest = together(a, b, c, d);
    Future<Intracommunicator> newestAtA = a.set.communicator(newest);
    assertEquals(List.of(0), failure(ErrorClass.GROUP, b.set.communicator(newer, "again")).ranks());
    List<Future<Intracommunicator>> rest = new ArrayList<>(make(newest, b, c, d));
    rest.add(newestAtA);
    assertEquals(List.of(10, 10, 10, 10), sums(all(rest)));
  }

  @Test
  void shouldTellCommunicatorsOfOneSnapshotApartByTag() {
    Replica a = replica();
    Replica b = replica();
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
    Replica a = replica();
    Replica b = replica();
    Replica c = replica();
    SetSnapshot now = together(a, b, c);
    SetSnapshot some = new SetSnapshot(uri, now.epoch(), new Group(List.of(c.id(), a.id())));
    List<Intracommunicator> made = all(make(some, a, c));
    assertEquals(List.of(1, 0), made.stream().map(Intracommunicator::rank).toList());
    assertEquals(List.of(3, 3), sums(made));
    failure(ErrorClass.GROUP, b.set.communicator(some));
    failure(ErrorClass.ARG, a.set.communicator(new SetSnapshot("svc://other", now.epoch(), now.group())));
    failure(ErrorClass.GROUP, a.set.communicator(new SetSnapshot(uri, now.epoch() + 1, now.group())));
  }

  @Test
  void shouldCancelForAll() {
    Replica a = replica();
    Replica b = replica();
    Replica c = replica();
    SetSnapshot now = together(a, b, c);
    for (Replica canceller : List.of(a, b)) {
      var scope = new CancelScope();
      List<Future<Intracommunicator>> waiting = List.of(a, b).stream().map(one -> (one == canceller
          ? one.set.with(new CallOptions().setCancel(scope)) : one.set).communicator(now)).toList();
      // Whoever was not there yet when the other cancelled would wait for its deadline.
      await(vertx.timer(200).mapEmpty());
      scope.cancel();
      waiting.forEach(one -> failure(ErrorClass.CANCELLED, one));
    }
    assertEquals(List.of(6, 6, 6), sums(all(make(now, a, b, c))));
  }

  @Test
  void shouldPutOutWhoIsDeclaredDead() {
    Replica a = replica();
    Replica b = replica();
    together(a, b);
    await(new InJvmSetService().remove(uri, b.id(), true));
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
    Mpi mpi = await(Mpi.init(vertx, Replica.options()));
    ProcessSet set = await(mpi.processSet(uri));
    assertEquals(0, set.snapshot().size());
    await(set.leave());
    Replica a = replica();
    Awaitility.await().until(() -> set.snapshot().size() == 1);
    failure(ErrorClass.GROUP, set.communicator(set.snapshot()));
    assertEquals(set.snapshot(), await(mpi.processSet(uri)).snapshot());
    assertEquals(List.of(a.id()), set.snapshot().group().members());
    await(mpi.close());
    failure(ErrorClass.COMM, set.join());
  }

  @Test
  void shouldRefuseNamesThatAreNoUris() {
    Mpi mpi = await(Mpi.init(vertx, Replica.options()));
    for (String wrong : List.of("", "orders", "://orders", "svc://", "mpi://WORLD", "svc://" + "x".repeat(1024))) {
      assertTrue(failure(ErrorClass.ARG, mpi.processSet(wrong)).reason().startsWith("uri must"));
    }
    await(mpi.close());
  }

  @Test
  void shouldJoinAndLeaveAgain() {
    Replica a = replica();
    Replica b = replica();
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
  void shouldTakeRanksOfOneJob() {
    List<Integer> sums = await(MpiJob.run(vertx, new JobOptions().setRanks(3).setMpi(Replica.options()),
        mpi -> mpi.processSet(uri).compose(set -> set.join().compose(in -> whole(set, 3)).compose(set::communicator))
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
  void shouldComeToOneCommunicatorHoweverTheyComeAndGo() {
    int replicas = 8;
    List<Replica> members = all(Collections.nCopies(replicas, uri).stream()
        .map(same -> Replica.begin(vertx, same, Replica.options())).toList());
    List<Future<Intracommunicator>> settled = new ArrayList<>();
    // Two leave while all are about to make a communicator of whatever they see.
    members.subList(0, 6).forEach(member -> settled.add(settle(member, 6)));
    members.get(6).undeploy();
    await(members.get(7).set.leave());
    List<Intracommunicator> comms = all(settled);
    assertEquals(Collections.nCopies(6, 21), sums(comms));
    List<ProcessId> ids = comms.getFirst().group().members();
    comms.forEach(comm -> assertEquals(ids, comm.group().members()));
  }

  /** A communicator of the present members, again and again until it has so many. */
  private static Future<Intracommunicator> settle(Replica member, int size) {
    return member.set.with(new CallOptions().setTimeout(Duration.ofSeconds(2))).communicator(member.set.snapshot())
        .transform(outcome -> outcome.succeeded() && outcome.result().size() == size
            ? Future.succeededFuture(outcome.result())
            : member.mpi.vertx().timer(20).compose(again -> settle(member, size)));
  }
}
