package dev.vertxmpi.runtime.link.shm;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;

/** A socket at which others wake a loop: what they write means nothing. */
final class BellServer {

  private final NetServer server;

  private BellServer(NetServer server) {
    this.server = server;
  }

  /** Listens on the loop of the calling context. */
  static Future<BellServer> open(Vertx vertx, Path path, Runnable onRing) {
    NetServer server = vertx.createNetServer().connectHandler(socket -> socket.handler(bytes -> onRing.run()));
    return server.listen(SocketAddress.domainSocketAddress(path.toString())).map(open -> new BellServer(open));
  }

  Future<Void> close() {
    return server.close();
  }
}
