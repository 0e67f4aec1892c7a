package dev.vertxmpi.benchmarks.program;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.util.ArrayList;
import java.util.List;

/**
 * A service that is a rank: on the loop of rank 0, which polls, an HTTP server and a timer live too. First without
 * messages, then while the rank is in a ping-pong.
 *
 * <pre>
 *   rank 0   HTTP server, timer of 5 ms, echo       all on one event loop
 *   rank 1   HTTP client on main, ping on its loop  another JVM
 * </pre>
 */
public final class Service {

  private static final int TAG = 1;
  private static final int TIMER_MILLIS = 5;
  private static final String HOST = "127.0.0.1";

  private final Mpi mpi;
  private final Communicator world;
  private final long nanos;
  private final Context context;
  private final long[] message = new long[1];
  private final MessageBuffer buffer = MessageBuffer.of(message);
  private final List<Double> late = new ArrayList<>();
  private volatile boolean over;

  private Service(Mpi mpi, long nanos, Context context) {
    this.mpi = mpi;
    this.world = mpi.world();
    this.nanos = nanos;
    this.context = context;
  }

  /**
   * Measures as one of two ranks, and prints a line of JSON for each figure.
   *
   * @param args seconds of each half
   */
  public static void main(String[] args) {
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    Promise<Context> own = Promise.promise();
    mpi.self().barrier().onComplete(done -> own.complete(Vertx.currentContext()));
    Service service = new Service(mpi, (long) (Double.parseDouble(args[0]) * 1e9), await(own.future()));
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
    context.runOnContext(now -> tick());
    await(world.barrier());
    await(world.barrier());
    double quiet = takeLate();
    Promise<Void> done = Promise.promise();
    context.runOnContext(now -> echo(done));
    await(done.future());
    Figures.tell("service_timer", "ms late", takeLate(), quiet);
    over = true;
    await(world.barrier());
  }

  private void tick() {
    long start = System.nanoTime();
    mpi.vertx().setTimer(TIMER_MILLIS, fired -> {
      synchronized (late) {
        late.add((System.nanoTime() - start) / 1e6 - TIMER_MILLIS);
      }
      if (!over) {
        tick();
      }
    });
  }

  private double takeLate() {
    synchronized (late) {
      List<Double> sorted = late.stream().sorted().toList();
      late.clear();
      return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
  }

  private void echo(Promise<Void> done) {
    world.recv(buffer, 1, TAG).compose(came -> world.send(buffer, 1, TAG)).onComplete(sent -> {
      if (message[0] == 0) {
        done.complete();
      } else {
        echo(done);
      }
    }, done::tryFail);
  }

  private void ask() {
    int port = await(world.allreduce(0, Op.MAX));
    HttpClient client = mpi.vertx().createHttpClient();
    requests(client, port, nanos / 4);
    await(world.barrier());
    double quiet = requests(client, port, nanos);
    await(world.barrier());
    Promise<Void> done = Promise.promise();
    context.runOnContext(now -> ping(done));
    double busy = requests(client, port, nanos);
    over = true;
    await(done.future());
    Figures.tell("service_http", "requests/s", busy, quiet);
    await(world.barrier());
    await(client.close());
  }

  private void ping(Promise<Void> done) {
    boolean last = over;
    message[0] = last ? 0 : 1;
    world.send(buffer, 0, TAG).compose(sent -> world.recv(buffer, 0, TAG)).onComplete(came -> {
      if (last) {
        done.complete();
      } else {
        ping(done);
      }
    }, done::tryFail);
  }

  /** One after another, on one connection. */
  private static double requests(HttpClient client, int port, long nanos) {
    long start = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - start < nanos) {
      await(client.request(HttpMethod.GET, port, HOST, "/").compose(request -> request.send())
          .compose(response -> response.body()));
      count++;
    }
    return count * 1e9 / (System.nanoTime() - start);
  }
}
