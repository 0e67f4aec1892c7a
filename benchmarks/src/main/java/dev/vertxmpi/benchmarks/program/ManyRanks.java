package dev.vertxmpi.benchmarks.program;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.Op;
import dev.vertxmpi.Traffic;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Many ranks in this JVM: what they cost in time and memory.
 *
 * <pre>
 *   heap --- n verticles without MPI --- heap --- undeploy --- heap --- n ranks --- heap --- collectives --- end
 *        \________ bytes of a verticle ______/             \____ bytes of a rank ____/
 * </pre>
 */
public final class ManyRanks {

  private record Member(Context context, Mpi mpi) {
  }

  private final Vertx vertx;
  private final int ranks;
  private final int repetitions;
  private final List<Member> members = new ArrayList<>();

  private ManyRanks(Vertx vertx, int ranks, int repetitions) {
    this.vertx = vertx;
    this.ranks = ranks;
    this.repetitions = repetitions;
  }

  /**
   * Measures, and prints a line of JSON for each figure.
   *
   * @param args number of ranks, and of repetitions
   */
  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    new ManyRanks(vertx, Integer.parseInt(args[0]), Integer.parseInt(args[1])).run();
    await(vertx.close());
    System.exit(0);
  }

  private void run() {
    // Classes are loaded and pools filled by a few, so that the many are charged for themselves only.
    await(MpiJob.run(vertx, 2, mpi -> mpi.world().barrier().compose(done -> mpi.world().allreduce(1.0, Op.SUM))));
    long verticle = verticles();
    long before = Heap.used();
    long start = System.nanoTime();
    MpiJob job = deploy();
    Figures.tell("scale_start", "ms", (System.nanoTime() - start) / 1e6);
    Figures.tell("scale_heap", "bytes/rank", (Heap.used() - before) / (double) ranks, verticle / (double) ranks);
    collective("scale_barrier", mpi -> mpi.world().barrier());
    collective("scale_allreduce", mpi -> mpi.world().allreduce((double) mpi.rank(), Op.SUM));
    Figures.tell("scale_heap_used", "bytes/rank", (Heap.used() - before) / (double) ranks);
    if (Boolean.getBoolean("bench.pause")) {
      await(Future.future(forEver -> { }));
    }
    start = System.nanoTime();
    await(job.close());
    Figures.tell("scale_end", "ms", (System.nanoTime() - start) / 1e6);
    members.clear();
    Figures.tell("scale_heap_left", "bytes/rank", (Heap.used() - before) / (double) ranks);
  }

  /** What as many verticles without MPI take. */
  private long verticles() {
    long before = Heap.used();
    List<Future<String>> deployed = new ArrayList<>();
    for (int i = 0; i < ranks; i++) {
      Deployable idle = context -> Future.succeededFuture();
      deployed.add(vertx.deployVerticle(idle));
    }
    await(Future.all(deployed));
    long used = Heap.used() - before;
    await(Future.all(deployed.stream().map(id -> vertx.undeploy(id.result())).toList()));
    return used;
  }

  private MpiJob deploy() {
    List<Promise<Member>> seats = new ArrayList<>();
    MpiJob job = await(MpiJob.deploy(vertx, ranks, () -> {
      Promise<Member> seat = Promise.promise();
      seats.add(seat);
      return context -> Mpi.init(vertx).onSuccess(mpi -> seat.complete(new Member(context, mpi)));
    }));
    seats.forEach(seat -> members.add(seat.future().result()));
    return job;
  }

  /** The first one makes what is made on first use; the median of the others counts. Frames are those of one. */
  private void collective(String name, Function<Mpi, Future<?>> call) {
    long first = all(call);
    List<Double> nanos = new ArrayList<>();
    long frames = frames();
    for (int i = 0; i < repetitions; i++) {
      nanos.add((double) all(call));
    }
    double each = (frames() - frames) / (double) repetitions / ranks;
    Figures.tell(name + "_first", "us", first / 1e3);
    Figures.tell(name, "us", nanos.stream().sorted().toList().get(nanos.size() / 2) / 1e3);
    Figures.tell(name + "_frames", "frames/rank", each);
  }

  private long all(Function<Mpi, Future<?>> call) {
    long start = System.nanoTime();
    List<Future<?>> results = new ArrayList<>();
    for (Member member : members) {
      Promise<Object> promise = Promise.promise();
      results.add(promise.future());
      member.context().runOnContext(now -> call.apply(member.mpi()).<Object>map(result -> result).onComplete(promise));
    }
    await(Future.all(results));
    return System.nanoTime() - start;
  }

  private long frames() {
    return members.getFirst().mpi().traffic().links().values().stream().mapToLong(Traffic.Counters::frames).sum();
  }
}
