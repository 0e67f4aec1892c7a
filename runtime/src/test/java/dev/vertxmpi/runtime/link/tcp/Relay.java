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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a node, and counts the connections that come to it. */
final class Relay {

  private final NetServer server;
  private final NetClient client;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger came = new AtomicInteger();
  private final AtomicInteger went = new AtomicInteger();
  private final AtomicBoolean held = new AtomicBoolean();
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
          if (!held.get()) {
            in.handler(bytes -> {
              came.incrementAndGet();
              out.write(bytes);
            });
            in.resume();
            out.handler(bytes -> {
              went.incrementAndGet();
              in.write(bytes);
            });
            out.resume();
          }
        });
      });
    }).listen(0, "127.0.0.1").await();
  }

  /** Lets nothing through, whatever the gate does. */
  void hold() {
    held.set(true);
  }

  /** How often bytes came from who dials. */
  int came() {
    return came.get();
  }

  /** How often bytes went to who dials. */
  int went() {
    return went.get();
  }

  /** Reads nothing from who dials. */
  void pause() {
    sockets.forEach(NetSocket::pause);
  }

  void resume() {
    sockets.forEach(NetSocket::resume);
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
