package dev.vertxmpi.runtime.sets;

import static dev.vertxmpi.runtime.comm.Waiting.all;
import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static dev.vertxmpi.runtime.sets.Replicas.make;
import static dev.vertxmpi.runtime.sets.Replicas.sums;
import static dev.vertxmpi.runtime.sets.Replicas.together;
import static dev.vertxmpi.runtime.sets.Replicas.untilTold;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.SetSnapshot;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members that come and go while others have communicators or make them. */
class SetTurnoverTest {

  private final Replicas replicas = new Replicas();

  @AfterEach
  void shouldLeaveNothingBehind() {
    replicas.close();
  }

  @Test
  void shouldLeaveTheOldCommunicatorAsItIsWhenANewcomerComes() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    List<Intracommunicator> old = all(make(together(a, b), a, b));
    Future<Integer> underWay = old.get(0).allreduce(1, Op.SUM);
    Replica c = replicas.add();
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

  @OverLinks
  void shouldFailAnAllreduceWhoseMemberIsUndeployed(String link) {
    Replica a = replicas.add(link);
    Replica b = replicas.add(link);
    Replica c = replicas.add(link);
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
    Replica a = replicas.add(link);
    Replica b = replicas.add(link);
    Replica c = replicas.add(link);
    List<Intracommunicator> old = all(make(together(a, b, c), a, b, c));
    assertEquals(List.of(6, 6, 6), sums(old));
    Future<Integer> theirs = old.get(1).allreduce(1, Op.SUM);
    Future<Integer> own = old.get(2).allreduce(1, Op.SUM);
    c.undeploy();
    assertEquals(List.of(2), failure(ErrorClass.PROC_FAILED, theirs).ranks());
    assertEquals(ErrorClass.COMM, failure(own).errorClass());
  }

  @Test
  void shouldTakeARestartedReplicaForAnotherProcess() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    Replica c = replicas.add();
    List<Intracommunicator> old = all(make(together(a, b, c), a, b, c));
    List<Future<Integer>> underWay = List.of(old.get(1).allreduce(1, Op.SUM), old.get(2).allreduce(1, Op.SUM));
    a.undeploy();
    Replica again = replicas.add();
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
  void shouldFailAtOnceWhenAMemberGoesWhileOthersWaitForIt() {
    Replica a = replicas.add();
    Replica b = replicas.add();
    Replica c = replicas.add();
    Replica d = replicas.add();
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
    Replica a = replicas.add();
    Replica b = replicas.add();
    SetSnapshot older = together(a, b);
    Replica c = replicas.add();
    SetSnapshot newer = together(a, b, c);
    // Rank 0 waits for the older while another has called for the newer, and the other way round.
    Future<?> olderAtA = a.set.communicator(older);
    Future<Intracommunicator> newerAtB = b.set.communicator(newer);
    assertEquals(List.of(1), failure(ErrorClass.GROUP, olderAtA).ranks());
    failure(ErrorClass.GROUP, b.set.communicator(older));
    List<Future<Intracommunicator>> made = new ArrayList<>(make(newer, a, c));
    made.add(newerAtB);
    assertEquals(List.of(6, 6, 6), sums(all(made)));
    Replica d = replicas.add();
    SetSnapshot newest = together(a, b, c, d);
    Future<Intracommunicator> newestAtA = a.set.communicator(newest);
    assertEquals(List.of(0), failure(ErrorClass.GROUP, b.set.communicator(newer, "again")).ranks());
    List<Future<Intracommunicator>> rest = new ArrayList<>(make(newest, b, c, d));
    rest.add(newestAtA);
    assertEquals(List.of(10, 10, 10, 10), sums(all(rest)));
  }

  @Test
  void shouldComeToOneCommunicatorHoweverTheyComeAndGo() {
    List<Replica> members = all(Collections.nCopies(8, replicas.uri()).stream()
        .map(same -> Replica.begin(replicas.vertx(), same, Replica.options())).toList());
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
