package dev.vertxmpi.benchmarks.rank;

import static io.vertx.core.Future.await;

import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Traffic;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The ranks of this JVM: the one that it was launched as, or several that it deploys. */
final class Seats implements AutoCloseable {

  private final List<Seat> seats;
  private final Runnable end;

  private Seats(List<Seat> seats, Runnable end) {
    this.seats = seats;
    this.end = end;
  }

  /** The rank of a launched job. */
  static Seats launched(WaitStyle wait, BufferKind buffers) {
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    Promise<Context> own = Promise.promise();
    if (wait == WaitStyle.AWAIT) {
      var _ = mpi.vertx().deployVerticle(context -> {
        own.complete(context);
        return Future.succeededFuture();
      }, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)).onFailure(own::tryFail);
    } else {
      // Results of callers without a context arrive on that of the rank.
      mpi.self().barrier().onComplete(done -> own.complete(Vertx.currentContext()));
    }
    Seat seat = new Seat(mpi, await(own.future()), wait, buffers);
    return new Seats(List.of(seat), () -> await(mpi.close()));
  }

  /** Ranks that are verticles of this JVM. */
  static Seats deployed(int ranks, WaitStyle wait, BufferKind buffers) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    JobOptions options = new JobOptions().setRanks(ranks).setThreading(
        wait == WaitStyle.AWAIT ? ThreadingModel.VIRTUAL_THREAD : ThreadingModel.EVENT_LOOP);
    List<Future<Seat>> taken = new ArrayList<>();
    MpiJob job = await(MpiJob.deploy(vertx, options, () -> {
      Promise<Seat> seat = Promise.promise();
      taken.add(seat.future());
      return context -> Mpi.init(vertx).onComplete(mpi -> seat.complete(new Seat(mpi, context, wait, buffers)),
          seat::fail);
    }));
    List<Seat> seats = await(Future.all(taken)).<Seat>list().stream()
        .sorted(Comparator.comparingInt((Seat seat) -> seat.mpi().rank())).toList();
    return new Seats(seats, () -> {
      await(job.close());
      await(vertx.close());
    });
  }

  List<Seat> all() {
    return seats;
  }

  /** What this JVM has sent. */
  Traffic traffic() {
    return seats.getFirst().mpi().traffic();
  }

  @Override
  public void close() {
    seats.forEach(Seat::close);
    end.run();
  }
}
