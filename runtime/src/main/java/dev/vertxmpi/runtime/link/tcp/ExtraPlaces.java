package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.vertx.Stream;
import dev.vertxmpi.runtime.vertx.StreamServer;
import dev.vertxmpi.runtime.vertx.StreamTls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Where an endpoint listens beside its own place, for ports whose place somebody has chosen.
 *
 * <p>Such a place goes with its port, but the connections that came in there are those of whole nodes and stay.
 */
final class ExtraPlaces {

  private final Vertx vertx;
  private final Context loop;
  private final StreamTls tls;
  private final Consumer<Stream> accept;
  private final Map<HostPort, StreamServer> listening = new ConcurrentHashMap<>();

  ExtraPlaces(Vertx vertx, Context loop, StreamTls tls, Consumer<Stream> accept) {
    this.vertx = vertx;
    this.loop = loop;
    this.tls = tls;
    this.accept = accept;
  }

  Future<String> listen(String host, int port) {
    return vertx.executeBlocking(() -> probe(host, port), false).compose(free -> open(host, port))
        .recover(failure -> Future.failedFuture(new MpiException(ErrorClass.ARG,
            "ip_port must be free to listen at, but " + new HostPort(host, port) + " is not: " + failure.getMessage(),
            failure)));
  }

  /** Fails where the place is taken: two servers of one {@code Vertx} would share it and hear nothing of each other. */
  private static boolean probe(String host, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(host), port));
      return socket.isBound();
    }
  }

  private Future<String> open(String host, int port) {
    return StreamServer.listen(loop, host, port, tls, accept).map(open -> {
      HostPort place = new HostPort(host, open.port());
      listening.put(place, open);
      return place.toString();
    });
  }

  Future<Void> unlisten(String text) {
    HostPort place = listening.keySet().stream().filter(one -> one.toString().equals(text)).findFirst().orElse(null);
    StreamServer server = place == null ? null : listening.remove(place);
    return server == null ? Future.succeededFuture() : server.close();
  }

  Future<Void> close() {
    return Future.join(listening.values().stream().map(StreamServer::close).toList()).mapEmpty();
  }
}
