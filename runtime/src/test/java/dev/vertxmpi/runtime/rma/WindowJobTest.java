package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows of ranks that a job deploys. */
class WindowJobTest {

  private static final int SIZE = 4;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    WindowRanks.get(vertx.close());
  }

  private static Future<Window> window(Intracommunicator world) {
    return world.window(WindowOptions.allocate(MemoryKind.HOST, 800).setDisplacementUnit(8));
  }

  /** Each rank adds to a histogram at rank 0, then everyone reads it. */
  private static Future<long[]> histogram(Mpi mpi) {
    long[] all = new long[100];
    return window(mpi.world()).compose(window -> window
        .fenced(w -> {
          List<Future<Void>> adds = new ArrayList<>();
          for (int i = 0; i < 1000; i++) {
            adds.add(w.accumulate(MessageBuffer.of(new long[] {1}), 0, Region.at(i % 100), Op.SUM));
          }
          return Future.join(adds);
        })
        .compose(done -> window.locked(0, LockType.SHARED, w -> w.get(MessageBuffer.of(all), 0, Region.at(0))))
        .compose(done -> window.free()).map(all));
  }

  private static void check(List<long[]> results) {
    long[] expected = new long[100];
    Arrays.fill(expected, 10 * SIZE);
    results.forEach(result -> assertArrayEquals(expected, result));
  }

  @OverLinks
  void shouldCountTogether(String link) {
    JobOptions options = new JobOptions().setRanks(SIZE).setMpi(new MpiOptions().setLinks(List.of(link)));
    check(WindowRanks.get(MpiJob.run(vertx, options, WindowJobTest::histogram)));
  }

  @ParameterizedTest
  @EnumSource(ThreadingModel.class)
  void shouldCountOnAnyThreads(ThreadingModel threading) {
    JobOptions options = new JobOptions().setRanks(SIZE).setThreading(threading);
    check(WindowRanks.get(MpiJob.run(vertx, options, WindowJobTest::histogram)));
  }

  private static final class Member extends VerticleBase {
    private final Promise<Window> made;
    private final Function<Mpi, Future<Window>> body;

    Member(Promise<Window> made, Function<Mpi, Future<Window>> body) {
      this.made = made;
      this.body = body;
    }

    @Override
    public Future<?> start() {
      return Mpi.init(vertx).compose(body).onComplete(made);
    }
  }

  @OverLinks
  void shouldPassTheLockOnWhenItsHolderIsUndeployed(String link) {
    List<Promise<Window>> made = new ArrayList<>();
    JobOptions options = new JobOptions().setRanks(3).setMpi(new MpiOptions().setLinks(List.of(link)));
    MpiJob job = WindowRanks.get(MpiJob.deploy(vertx, options, () -> {
      made.add(Promise.promise());
      return new Member(made.getLast(), mpi -> window(mpi.world()));
    }));
    List<Window> windows = made.stream().map(each -> WindowRanks.get(each.future())).toList();
    WindowRanks.get(windows.get(1).lock(0, LockType.EXCLUSIVE));
    WindowRanks.get(windows.get(1).fetchAndOp(5L, 0, 3, Op.SUM));
    Future<Long> next = windows.get(2).locked(0, LockType.EXCLUSIVE, w -> w.fetchAndOp(1L, 0, 3, Op.SUM));
    assertFalse(next.isComplete());
    WindowRanks.get(vertx.undeploy(job.deploymentIds().get(1)));
    assertEquals(5, WindowRanks.get(next));
    assertEquals(6, windows.get(0).memory().segment().getAtIndex(ValueLayout.JAVA_LONG, 3));
    WindowRanks.get(job.close());
  }
}
