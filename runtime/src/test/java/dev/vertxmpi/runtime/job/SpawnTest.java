package dev.vertxmpi.runtime.job;

import static dev.vertxmpi.runtime.comm.Waiting.all;
import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spawn with children that are verticles. */
class SpawnTest {

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static MpiOptions options() {
    return new MpiOptions().setNameServers(List.of()).setInitTimeout(Duration.ofSeconds(20));
  }

  /** A child: does something with its rank once it has it. */
  private static final class Child extends VerticleBase {
    private final Function<Mpi, Future<?>> body;

    Child(Function<Mpi, Future<?>> body) {
      this.body = body;
    }

    @Override
    public Future<?> start() {
      return Mpi.init(vertx, new MpiOptions()).compose(mpi -> body.apply(mpi));
    }
  }

  private static SpawnOptions child(int ranks, Function<Mpi, Future<?>> body) {
    return SpawnOptions.verticles(() -> new Child(body)).setProcesses(ranks);
  }

  /** Ends a child that has told its parents what it has to say. */
  private static Future<?> tell(Mpi mpi, Object value) {
    Intercommunicator parent = mpi.parent().orElseThrow();
    mpi.vertx().runOnContext(later -> parent.send(value, 0, 1).compose(sent -> parent.disconnect())
        .onSuccess(done -> assertTrue(mpi.parent().isEmpty())));
    return Future.succeededFuture();
  }

  private static Future<List<Object>> hear(Intercommunicator children) {
    List<Future<Object>> heard = IntStream.range(0, children.remoteSize())
        .mapToObj(rank -> children.recv(Object.class, rank, 1).map(got -> got.body())).toList();
    return Future.all(heard).compose(all -> children.disconnect().map(all.list()));
  }

  private <T> List<T> run(int ranks, Function<Mpi, Future<T>> body) {
    return run(ranks, options(), body);
  }

  private <T> List<T> run(int ranks, MpiOptions options, Function<Mpi, Future<T>> body) {
    return await(MpiJob.run(vertx, new JobOptions().setRanks(ranks).setMpi(options), body));
  }

  @Test
  void shouldSpawnVerticlesFromAWorldOfOne() {
    Mpi mpi = await(Mpi.init(vertx, options()));
    assertTrue(mpi.parent().isEmpty());
    Intercommunicator children = await(mpi.world().spawn(
        child(3, in -> tell(in, in.rank() + " of " + in.size())), Root.rank(0)));
    assertEquals(3, children.remoteSize());
    assertEquals(List.of("0 of 3", "1 of 3", "2 of 3"), await(hear(children)));
    await(mpi.close());
  }

  @OverLinks
  void shouldSpawnFromSeveralRanks(String link) {
    List<Integer> sums = run(3, options().setLinks(List.of(link)), mpi -> mpi.world()
        .spawn(mpi.rank() == 1 ? child(2, in -> sum(in.parent().orElseThrow(), in.rank() + 1)) : null, Root.rank(1))
        .compose(children -> children.allreduce(10, Op.SUM).compose(sum -> children.disconnect().map(sum))));
    assertEquals(List.of(3, 3, 3), sums);
  }

  private static Future<?> sum(Intercommunicator parent, int value) {
    // Not part of the start: the parents spawn in one collective and add up in the next.
    parent.allreduce(value, Op.SUM).compose(sum -> parent.disconnect());
    return Future.succeededFuture();
  }

  @Test
  void shouldSpawnSeveralProgramsWithApplicationNumbers() {
    Mpi mpi = await(Mpi.init(vertx, options()));
    assertTrue(mpi.appNumber().isEmpty());
    Function<Mpi, Future<?>> tell = in -> tell(in, in.rank() + ":" + in.appNumber().orElseThrow());
    Intercommunicator children = await(mpi.world().spawnMultiple(List.of(child(2, tell), child(1, tell)),
        Root.rank(0)));
    assertEquals(List.of("0:0", "1:0", "2:1"), await(hear(children)));
    await(mpi.close());
  }

  @Test
  void shouldSpawnInSpawnAndShareTheLocalScopeOfNames() {
    List<String> found = new CopyOnWriteArrayList<>();
    Mpi mpi = await(Mpi.init(vertx, options()));
    await(mpi.openPort(new PortOptions()).compose(port -> mpi.publish("grandparent", port, new NameOptions())));
    Intercommunicator children = await(mpi.world().spawn(child(1, in -> in.world().spawn(child(1, inner ->
        inner.lookup("grandparent", new LookupOptions()).onSuccess(port -> found.add(port.owner().toString()))),
        Root.rank(0))), Root.rank(0)));
    assertEquals(1, children.remoteSize());
    Awaitility.await().until(() -> found.equals(List.of(mpi.processId().toString())));
    await(mpi.close());
  }

  @Test
  void shouldKeepTheChildrenWhenTheParentHasGone() {
    List<Mpi> born = new CopyOnWriteArrayList<>();
    Mpi mpi = await(Mpi.init(vertx, options()));
    Intercommunicator children = await(mpi.world().spawn(child(2, in -> {
      born.add(in);
      return Future.succeededFuture();
    }), Root.rank(0)));
    Awaitility.await().until(() -> born.size() == 2);
    List<Future<?>> ends = new ArrayList<>();
    born.forEach(in -> ends.add(in.parent().orElseThrow().disconnect()));
    ends.add(children.disconnect());
    ends.forEach(end -> await(end));
    await(mpi.close());
    List<Future<Integer>> sums = born.stream().map(in -> in.world().allreduce(1, Op.SUM)).toList();
    assertEquals(List.of(2, 2), all(sums));
  }

  @Test
  void shouldFailWhereAChildFailsAndLeaveNothing() {
    Set<String> before = vertx.deploymentIDs();
    AtomicInteger started = new AtomicInteger();
    SpawnOptions bad = SpawnOptions.verticles(() -> started.getAndIncrement() == 1 ? new VerticleBase() {
      @Override
      public Future<?> start() {
        return Future.failedFuture("on purpose");
      }
    } : new Child(in -> Future.succeededFuture())).setProcesses(3);
    List<Throwable> failures = run(2, mpi -> mpi.world().spawn(bad, Root.rank(0))
        .transform(outcome -> Future.succeededFuture(outcome.cause())));
    for (Throwable failure : failures) {
      MpiException known = (MpiException) failure;
      assertEquals(ErrorClass.SPAWN, known.errorClass(), known::getMessage);
      assertEquals(List.of(1), known.ranks());
      assertTrue(known.getMessage().startsWith("MPI_ERR_SPAWN in MPI_Comm_spawn: the children [1] could not be started"
          + ": on purpose"), known::getMessage);
    }
    assertEquals(before, vertx.deploymentIDs());
  }

  @Test
  void shouldEndTheChildrenWhereTheSpawnIsCancelled() {
    Mpi mpi = await(Mpi.init(vertx, options()));
    CancelScope scope = new CancelScope();
    // It never calls init, so the spawn waits.
    Future<Intercommunicator> spawn = mpi.world().with(new CallOptions().setCancel(scope))
        .spawn(SpawnOptions.verticles(() -> new VerticleBase() { }), Root.rank(0));
    Awaitility.await().until(() -> vertx.deploymentIDs().size() == 1);
    scope.cancel();
    failure(ErrorClass.CANCELLED, spawn);
    assertEquals(Set.of(), vertx.deploymentIDs());
    await(mpi.close());
  }

  @Test
  void shouldFailWhereAChildDoesNotInitialise() {
    Mpi mpi = await(Mpi.init(vertx, options().setInitTimeout(Duration.ofMillis(300))));
    MpiException late = failure(ErrorClass.SPAWN, mpi.world().spawn(
        SpawnOptions.verticles(() -> new VerticleBase() { }), Root.rank(0)));
    assertTrue(late.reason().contains("within 300 ms"), late::reason);
    assertEquals(Set.of(), vertx.deploymentIDs());
    await(mpi.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "arch", "soft"})
  void shouldFailWhereAnInfoKeyCannotBeHonoured(String key) {
    Mpi mpi = await(Mpi.init(vertx, options()));
    Map<String, String> values = Map.of("host", "203.0.113.7", "arch", "pdp11", "soft", "5:9");
    MpiException wrong = failure(ErrorClass.SPAWN, mpi.world().spawn(
        child(1, in -> Future.succeededFuture()).setInfo(Map.of(key, values.get(key))), Root.rank(0)));
    assertTrue(wrong.reason().startsWith(key), wrong::reason);
    assertEquals(Set.of(), vertx.deploymentIDs());
    await(mpi.close());
  }

  @Test
  void shouldStartTheLargestNumberThatIsWelcome() {
    Mpi mpi = await(Mpi.init(vertx, options()));
    Intercommunicator children = await(mpi.world().spawn(child(4, in -> tell(in, in.size()))
        .setInfo(Map.of("soft", "1:9:2", "host", "127.0.0.1", "arch", System.getProperty("os.arch"))),
        Root.rank(0)));
    assertEquals(List.of(3, 3, 3), await(hear(children)));
    await(mpi.close());
  }

  @Test
  void shouldNameTheArgumentThatIsWrong() {
    Mpi mpi = await(Mpi.init(vertx, options()));
    failure(ErrorClass.ROOT, mpi.world().spawn(null, Root.rank(1)));
    failure(ErrorClass.ARG, mpi.world().spawn(null, Root.rank(0)));
    failure(ErrorClass.ARG, mpi.world().spawnMultiple(List.of(), Root.rank(0)));
    failure(ErrorClass.ARG, mpi.world().spawnMultiple(List.of(SpawnOptions.mainClass("A"),
        child(1, in -> Future.succeededFuture())), Root.rank(0)));
    await(mpi.close());
  }

  @Test
  void shouldSpawnManyTimesAndLeaveNothing() {
    Mpi mpi = await(Mpi.init(vertx, options()));
    for (int round = 0; round < 20; round++) {
      Intercommunicator children = await(mpi.world().spawn(child(2, in -> {
        in.vertx().setTimer(1, soon -> tell(in, in.rank()));
        return Future.succeededFuture();
      }), Root.rank(0)));
      assertEquals(List.of(0, 1), await(hear(children)));
      Set.copyOf(vertx.deploymentIDs()).forEach(id -> await(vertx.undeploy(id)));
    }
    await(mpi.close());
  }

  @Test
  void shouldSpawnTwiceAtOnceAndKeepTheOrderOfOtherCollectives() {
    List<List<Integer>> all = run(2, mpi -> {
      Future<Intercommunicator> one = mpi.world().spawn(child(1, in -> sum(in.parent().orElseThrow(), 1)),
          Root.rank(0));
      Future<Integer> sum = mpi.world().allreduce(mpi.rank() + 1, Op.SUM);
      Future<Intercommunicator> two = mpi.world().spawn(child(2, in -> sum(in.parent().orElseThrow(), 1)),
          Root.rank(1));
      return Future.all(ofChildren(one), sum, ofChildren(two)).map(done -> done.list());
    });
    assertEquals(List.of(List.of(1, 3, 2), List.of(1, 3, 2)), all);
  }

  private static Future<Integer> ofChildren(Future<Intercommunicator> spawned) {
    return spawned.compose(children -> children.allreduce(0, Op.SUM)
        .compose(sum -> children.disconnect().map(sum)));
  }

  @Test
  void shouldSayWhereRanksCallDifferently() {
    List<Throwable> failures = run(2, mpi -> (mpi.rank() == 0
        ? mpi.world().spawn(child(1, in -> Future.succeededFuture()), Root.rank(0))
        : mpi.world().spawnMultiple(List.of(), Root.rank(0)))
        .transform(outcome -> Future.succeededFuture(outcome.cause())));
    failures.forEach(failure ->
        assertEquals(ErrorClass.COLLECTIVE_MISMATCH, ((MpiException) failure).errorClass(), failure::toString));
    assertEquals(Set.of(), vertx.deploymentIDs());
  }
}
