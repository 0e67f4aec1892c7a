package dev.vertxmpi.runtime.sets;

import static dev.vertxmpi.runtime.comm.Waiting.all;
import static dev.vertxmpi.runtime.comm.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** Replicas work together without pause while others come and go. Everything settles, and nothing is ever wrong. */
class ComeAndGoTest {

  private static final int ROUNDS = 25;
  private static final int MEMBERS = 4;
  /** What may happen to somebody who works with others that come and go, or who goes himself. */
  private static final Set<ErrorClass> EXPECTED =
      EnumSet.of(ErrorClass.PROC_FAILED, ErrorClass.GROUP, ErrorClass.TIMEOUT, ErrorClass.COMM);

  private final Vertx vertx = Vertx.vertx();
  private final String uri = "svc://" + UUID.randomUUID();
  private final List<Replica> members = new ArrayList<>();
  private final List<Future<?>> workers = new ArrayList<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sums = new AtomicInteger();
  private volatile boolean quiet;

  @AfterEach
  void close() {
    await(vertx.close());
    Awaitility.await().untilAsserted(() -> assertEquals(0, InJvmSetService.count()));
  }

  private void begin(String link) {
    Replica replica = Replica.deploy(vertx, uri, Replica.options().setLinks(List.of(link)));
    members.add(replica);
    workers.add(work(replica));
  }

  /** A communicator of whoever is there, some sums on it, and again, until all is quiet or the replica has gone. */
  private Future<Void> work(Replica replica) {
    return replica.set.with(new CallOptions().setTimeout(Duration.ofSeconds(1)))
        .communicator(replica.set.snapshot(), "work")
        .compose(comm -> sum(comm).compose(once -> sum(comm)).eventually(comm::free))
        .transform(outcome -> {
          MpiException why = outcome.failed() ? MpiException.of(outcome.cause()) : null;
          if (why != null && !EXPECTED.contains(why.errorClass())) {
            wrong.add(why.getMessage());
          }
          boolean over = why != null && why.errorClass() == ErrorClass.COMM;
          return quiet || over ? Future.succeededFuture()
              : replica.mpi.vertx().timer(5).compose(again -> work(replica));
        });
  }

  private Future<Integer> sum(Intracommunicator comm) {
    return comm.allreduce(1, Op.SUM).map(sum -> {
      sums.incrementAndGet();
      if (sum != comm.size()) {
        wrong.add("a sum of " + sum + " over " + comm.size());
      }
      return sum;
    });
  }

  @OverLinks
  void shouldSettleEverythingWhateverTheOrder(String link) {
    Random random = new Random(Long.getLong("vertx-mpi.seed", 29));
    for (int i = 0; i < MEMBERS; i++) {
      begin(link);
    }
    for (int round = 0; round < ROUNDS; round++) {
      Replica one = members.get(random.nextInt(members.size()));
      if (round % 3 == 0) {
        members.remove(one);
        one.undeploy();
        begin(link);
      } else if (round % 3 == 1) {
        await(one.set.leave());
        await(one.set.join());
      } else {
        await(vertx.timer(1 + random.nextInt(60)).mapEmpty());
      }
    }
    quiet = true;
    all(workers.stream().map(worker -> worker.<Void>mapEmpty()).toList());
    assertEquals(List.of(), List.copyOf(wrong));
    assertTrue(sums.get() > 0);
    // All went in order, so nobody may have taken anybody for dead.
    members.forEach(member -> assertEquals(List.of(), member.died()));
    // In the end the members are the same for all, and work together.
    Awaitility.await().until(() -> members.stream().map(member -> member.set.snapshot()).distinct().count() == 1);
    List<ProcessId> there = members.getFirst().set.snapshot().group().members();
    assertEquals(MEMBERS, there.size());
    List<Intracommunicator> last = all(members.stream()
        .map(member -> member.set.communicator(member.set.snapshot(), "last")).toList());
    all(last.stream().map(comm -> comm.allreduce(1, Op.SUM)).toList()).forEach(sum -> assertEquals(MEMBERS, sum));
  }
}
