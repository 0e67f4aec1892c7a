package dev.vertxmpi.benchmarks.program;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.benchmarks.program.Chatter.Pace;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A service that is a rank: on the loop of rank 0 an HTTP server and a timer live too. They are measured while that
 * loop sleeps between requests, while it polls, and in the middle of a ping-pong, in turn.
 *
 * <pre>
 *   rank 0   HTTP server, timer of 5 ms, echo       all on one event loop
 *   rank 1   HTTP client, one request at a time     on a loop of its own, beside that of the rank
 * </pre>
 */
public final class Service {

  private static final String HOST = "127.0.0.1";
  private static final int ROUNDS = 5;

  private final Mpi mpi;
  private final Communicator world;
  private final Chatter chatter;
  private final Context context;
  private final long nanos;

  private Service(Mpi mpi, Context context, long nanos) {
    this.mpi = mpi;
    this.world = mpi.world();
    this.context = context;
    this.nanos = nanos;
    this.chatter = new Chatter(world, context);
  }

  /**
   * Measures as one of two ranks, and prints a line of JSON for each figure.
   *
   * @param args seconds of each phase in each round
   */
  public static void main(String[] args) {
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    Promise<Context> own = Promise.promise();
    mpi.self().barrier().onComplete(done -> own.complete(Vertx.currentContext()));
    Service service = new Service(mpi, await(own.future()), (long) (Double.parseDouble(args[0]) * 1e9));
    if (mpi.rank() == 0) {
      service.serve();
    } else {
      service.ask();
    }
    await(mpi.close());
    System.exit(0);
  }

  private void serve() {
    Promise<HttpServer> listening = Promise.promise();
    context.runOnContext(now -> mpi.vertx().createHttpServer()
        .requestHandler(request -> request.response().end("here")).listen(0, HOST).onComplete(listening));
    await(world.allreduce(await(listening.future()).actualPort(), Op.MAX));
    LateTimer timer = new LateTimer(mpi.vertx(), context);
    measure("service_timer", "ms late", pace -> {
      timer.begin();
      await(chatter.answer(pace));
      await(world.barrier());
      return timer.end();
    });
  }

  private void ask() {
    int port = await(world.allreduce(0, Op.MAX));
    HttpLoad load = new HttpLoad(mpi.vertx(), HOST, port);
    measure("service_http", "requests/s", pace -> {
      chatter.begin(pace);
      double rate = await(load.run(nanos));
      await(chatter.end());
      await(world.barrier());
      return rate;
    });
    await(load.close());
  }

  /** Each pace in turn, several times; the first round is to warm up. */
  private void measure(String name, String unit, Function<Pace, Double> phase) {
    Map<Pace, List<Double>> results = new EnumMap<>(Pace.class);
    for (int round = 0; round <= ROUNDS; round++) {
      for (Pace pace : Pace.values()) {
        await(world.barrier());
        double result = phase.apply(pace);
        if (round > 0) {
          results.computeIfAbsent(pace, first -> new ArrayList<>()).add(result);
        }
      }
    }
    double sleeping = median(results.get(Pace.SILENT));
    Figures.tell(name + "_polling", unit, median(results.get(Pace.TRICKLE)), sleeping);
    Figures.tell(name + "_ping_pong", unit, median(results.get(Pace.PING_PONG)), sleeping);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
