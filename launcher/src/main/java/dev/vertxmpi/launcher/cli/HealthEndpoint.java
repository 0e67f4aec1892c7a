package dev.vertxmpi.launcher.cli;

import dev.vertxmpi.hazelcast.NameServerHealth;
import dev.vertxmpi.launcher.LauncherException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/**
 * Answers those who start, stop and route by health, such as Kubernetes.
 *
 * <pre>
 *   GET /health        200 and JSON where publications are accepted; else 503, with "reason"
 *   GET /health/live   200 while the process answers at all
 * </pre>
 */
final class HealthEndpoint {

  private static final String READY = "/health";
  private static final String LIVE = "/health/live";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final Vertx vertx;
  private final String host;
  private final Supplier<Future<NameServerHealth>> health;
  private int port;

  private HealthEndpoint(Vertx vertx, String host, Supplier<Future<NameServerHealth>> health) {
    this.vertx = vertx;
    this.host = host;
    this.health = health;
  }

  /**
   * Begins to listen; returns once it does.
   *
   * @param host address of this host
   * @param port 0 for any free one
   * @param health asked anew for each request
   */
  static HealthEndpoint open(String host, int port, Supplier<Future<NameServerHealth>> health) throws Exception {
    if (port < 0 || port > 65535) {
      throw new LauncherException("--health-port must be 0 to 65535, but is " + port);
    }
    HealthEndpoint endpoint = new HealthEndpoint(
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)), host, health);
    try {
      HttpServer server = Foreground.await(
          endpoint.vertx.createHttpServer().requestHandler(endpoint::answer).listen(port, host));
      endpoint.port = server.actualPort();
      return endpoint;
    } catch (Exception e) {
      Foreground.await(endpoint.close());
      throw new LauncherException("--health-port " + port + " of " + host + " cannot be used: " + e.getMessage(), 1, e);
    }
  }

  /** Where readiness is asked for. */
  String uri() {
    return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + READY;
  }

  private void answer(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      answer(request, METHOD_NOT_ALLOWED, new JsonObject());
    } else if (request.path().equals(LIVE)) {
      answer(request, OK, new JsonObject().put("live", true));
    } else if (request.path().equals(READY)) {
      health.get().onSuccess(now -> answer(request,
          now.ready() ? OK : SERVICE_UNAVAILABLE, now.toJson()));
    } else {
      answer(request, NOT_FOUND, new JsonObject());
    }
  }

  private static void answer(HttpServerRequest request, int status, JsonObject body) {
    request.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(body.encode());
  }

  Future<Void> close() {
    return vertx.close();
  }
}
