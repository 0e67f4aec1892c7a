package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.link.LinkEnd;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a node, and counts the connections that come to it. */
final class Relay {

  private final NetServer server;
  private final NetClient client;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger all = new AtomicInteger();
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private final LinkEnd node;

  /** Lets bytes through once {@code gate} is open. */
  Relay(Vertx vertx, LinkEnd node, Future<Void> gate) {
    this.node = node;
    client = vertx.createNetClient();
    HostPort target = HostPort.of(node.address).orElseThrow();
    server = vertx.createNetServer().connectHandler(in -> {
      in.pause();
      all.incrementAndGet();
      open.incrementAndGet();
      sockets.add(in);
      client.connect(target.port(), target.host()).onSuccess(out -> {
        out.pause();
        in.closeHandler(end -> {
          open.decrementAndGet();
          sockets.remove(in);
          out.close();
        });
        out.closeHandler(end -> in.close());
        gate.onSuccess(go -> {
          pass(in, out);
          pass(out, in);
        });
      });
    }).listen(0, "127.0.0.1").await();
  }

  private static void pass(NetSocket from, NetSocket to) {
    from.handler(to::write);
    from.resume();
  }

  /** Ends what is open. */
  void hangUp() {
    sockets.forEach(NetSocket::close);
  }

  /** The address of the node, as if it were here. */
  NodeAddress address() {
    return new NodeAddress(node.id, Map.of("tcp", "127.0.0.1:" + server.actualPort()));
  }

  int open() {
    return open.get();
  }

  /** How many there were, open or not. */
  int all() {
    return all.get();
  }
}
