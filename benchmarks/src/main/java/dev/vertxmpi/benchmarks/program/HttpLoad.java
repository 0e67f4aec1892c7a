package dev.vertxmpi.benchmarks.program;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

/** Requests to an HTTP server, one after another on one connection, from a loop of their own. */
final class HttpLoad {

  private final Context context;
  private final HttpClient client;
  private final String host;
  private final int port;

  HttpLoad(Vertx vertx, String host, int port) {
    this.context = vertx.getOrCreateContext();
    this.client = vertx.createHttpClient();
    this.host = host;
    this.port = port;
  }

  /** Asks for so long; requests a second. */
  Future<Double> run(long nanos) {
    Promise<Double> rate = Promise.promise();
    long start = System.nanoTime();
    context.runOnContext(now -> next(start, nanos, 0, rate));
    return rate.future();
  }

  private void next(long start, long nanos, long count, Promise<Double> rate) {
    long past = System.nanoTime() - start;
    if (past >= nanos) {
      rate.complete(count * 1e9 / past);
      return;
    }
    client.request(HttpMethod.GET, port, host, "/").compose(request -> request.send())
        .compose(HttpClientResponse::body)
        .onComplete(answered -> next(start, nanos, count + 1, rate), rate::tryFail);
  }

  Future<Void> close() {
    return client.close();
  }
}
