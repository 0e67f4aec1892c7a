package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Where an endpoint listens beside its own place, for ports whose place somebody has chosen.
 *
 * <p>Such a place goes with its port, but the links that came in there are those of whole nodes and must stay. So its
 * server is shut down rather than closed: it gives the place back at once, and its sockets live on, because each has a
 * shutdown handler that does nothing.
 */
final class ExtraPlaces {

  /** Longer than any link: a server that is shut down closes its sockets then. */
  private static final long DAYS = 36_500;

  private static final int LOOKS = 100;
  private static final long PAUSE_MILLIS = 5;

  private final Vertx vertx;
  private final Context loop;
  private final Handler<NetSocket> accept;
  private final Map<HostPort, NetServer> listening = new ConcurrentHashMap<>();
  private final Set<NetServer> shutDown = ConcurrentHashMap.newKeySet();

  ExtraPlaces(Vertx vertx, Context loop, Handler<NetSocket> accept) {
    this.vertx = vertx;
    this.loop = loop;
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
    Promise<String> promise = Promise.promise();
    loop.runOnContext(begin -> {
      NetServer server = vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true).setHost(host).setPort(port));
      server.connectHandler(socket -> {
        socket.shutdownHandler(ignored -> { });
        accept.handle(socket);
      });
      server.listen().map(open -> {
        HostPort place = new HostPort(host, open.actualPort());
        listening.put(place, open);
        return place.toString();
      }).onComplete(promise);
    });
    return promise.future();
  }

  Future<Void> unlisten(String text) {
    HostPort place = listening.keySet().stream().filter(one -> one.toString().equals(text)).findFirst().orElse(null);
    NetServer server = place == null ? null : listening.remove(place);
    if (server == null) {
      return Future.succeededFuture();
    }
    shutDown.add(server);
    server.shutdown(DAYS, TimeUnit.DAYS).onComplete(over -> shutDown.remove(server));
    return whenFree(place, LOOKS);
  }

  /** The shutdown says only when the last socket is closed, so this looks whether the place can be had again. */
  private Future<Void> whenFree(HostPort place, int looks) {
    return vertx.executeBlocking(() -> probe(place.host(), place.port()), false).transform(outcome ->
        outcome.succeeded() || looks == 0
            ? Future.succeededFuture()
            : vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).compose(again -> whenFree(place, looks - 1)));
  }

  Future<Void> close() {
    List<Future<Void>> ends = new ArrayList<>();
    listening.values().forEach(server -> ends.add(server.close()));
    shutDown.forEach(server -> ends.add(server.close()));
    return Future.join(ends).mapEmpty();
  }
}
