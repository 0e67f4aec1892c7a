package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.launcher.programs.Replica;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.process.SetChange;
import dev.vertxmpi.process.SetSnapshot;
import dev.vertxmpi.spi.ClusterProvider;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas that are processes of their own in one cluster, without a launcher; one of them is this JVM. */
class ProcessSetIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  /** How long a set may hold a killed member, where others have just joined: a hand-over that fails stops writes. */
  private static final long GONE_MILLIS = 7_000;

  @TempDir
  private Path temporary;

  private final String cluster = "test-" + UUID.randomUUID();
  private final String uri = "svc://" + cluster;
  private final List<CommandProcess> others = new CopyOnWriteArrayList<>();
  private final List<SetChange> changes = new CopyOnWriteArrayList<>();
  private Clustered clustered;
  private Mpi mpi;
  private ProcessSet set;

  @BeforeEach
  void begin() {
    clustered = get(ClusterProvider.get().join(cluster, "127.0.0.1", 0, List.of()));
    mpi = get(Mpi.init(clustered.vertx(), new MpiOptions().setNameServers(List.of())));
    set = get(mpi.processSet(uri));
    set.changes().handler(changes::add);
  }

  @AfterEach
  void end() {
    others.forEach(CommandProcess::close);
    get(mpi.close());
    get(clustered.vertx().close());
  }

  private static <T> T get(Future<T> future) {
    await().atMost(LIMIT).until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  private CommandProcess replica() throws IOException {
    CommandProcess process = CommandProcess.java(temporary, Replica.class, cluster, clustered.member(), uri);
    others.add(process);
    process.awaitOut("joined as", 1);
    return process;
  }

  private static ProcessId id(CommandProcess process) {
    String line = process.out().stream().filter(one -> one.startsWith("joined as ")).findFirst().orElseThrow();
    return ProcessId.parse(line.substring("joined as ".length()));
  }

  private SetSnapshot whole(int size) {
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> set.snapshot().size() == size);
    return set.snapshot();
  }

  private static void sayAll(String line, CommandProcess... processes) throws IOException {
    for (CommandProcess process : processes) {
      process.say(line);
    }
  }

  private List<ProcessId> died() {
    return changes.stream().flatMap(change -> change.died().stream()).toList();
  }

  @Test
  void shouldGoOnWithoutAReplicaThatIsKilledInAnAllreduceAndWithOneThatComes() throws Exception {
    get(set.join());
    CommandProcess b = replica();
    CommandProcess c = replica();
    sayAll("make 3", b, c);
    Intracommunicator comm = get(set.communicator(whole(3)));
    assertEquals(List.of(mpi.processId(), id(b), id(c)), comm.group().members());
    sayAll("sum", b, c);
    assertEquals(6, get(comm.allreduce(1, Op.SUM)));
    b.awaitOut("sum 6", 1);

    // The third never calls: it is killed while the others wait for it.
    b.say("sum");
    Future<Integer> underWay = comm.allreduce(1, Op.SUM);
    long killed = System.nanoTime();
    c.handle().destroyForcibly();
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(2)).until(underWay::isComplete);
    long failed = System.nanoTime();
    MpiException why = MpiException.of(underWay.cause());
    assertEquals(ErrorClass.PROC_FAILED, why.errorClass(), why::getMessage);
    assertEquals(List.of(2), why.ranks());
    SetSnapshot smaller = whole(2);
    long gone = System.nanoTime();
    b.awaitOut("failed with PROC_FAILED [2]", 1);
    await().atMost(LIMIT).until(() -> !died().isEmpty());
    assertEquals(List.of(id(c)), died());
    System.out.printf("killed: allreduce failed after %d ms, set without it after %d ms%n",
        (failed - killed) / 1_000_000, (gone - killed) / 1_000_000);
    assertTrue(gone - killed < GONE_MILLIS * 1_000_000, (gone - killed) / 1_000_000 + " ms");

    b.say("make 2");
    Intracommunicator two = get(set.communicator(smaller));
    CommandProcess d = replica();
    SetSnapshot again = whole(3);
    assertEquals(List.of(mpi.processId(), id(b), id(d)), again.group().members());
    b.say("sum");
    assertEquals(3, get(two.allreduce(1, Op.SUM)));
    sayAll("make 3", b, d);
    Intracommunicator three = get(set.communicator(again));
    sayAll("sum", b, d);
    assertEquals(6, get(three.allreduce(1, Op.SUM)));
    sayAll("end", b, d);
    assertEquals(1, whole(1).size());
    assertEquals(List.of(id(c)), died());
  }

  /** Nobody has a link to it, so only the cluster can tell. */
  @Test
  void shouldTakeOutAKilledReplicaThatNobodyTalksTo() throws Exception {
    CommandProcess b = replica();
    CommandProcess c = replica();
    whole(2);
    long killed = System.nanoTime();
    b.handle().destroyForcibly();
    SetSnapshot left = whole(1);
    long gone = System.nanoTime();
    assertEquals(List.of(id(c)), left.group().members());
    System.out.printf("killed: set without it after %d ms%n", (gone - killed) / 1_000_000);
    assertTrue(gone - killed < GONE_MILLIS * 1_000_000, (gone - killed) / 1_000_000 + " ms");
    await().atMost(LIMIT).until(() -> died().equals(List.of(id(b))));
  }
}
