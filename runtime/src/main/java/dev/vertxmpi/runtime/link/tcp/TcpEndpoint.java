package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Listens for links and makes them. Everything of it runs on one event loop. */
final class TcpEndpoint implements LinkEndpoint {

  /** Sockets whose handshake is not over; more are refused. */
  private static final int MOST_STRANGERS = 4096;

  private final LinkContext context;
  private final Context loop;
  /** An endpoint that is no longer referenced loses its sockets: client and server stay in fields. */
  private final NetServer server;
  private final NetClient client;
  private final Set<TcpLink> outgoing = ConcurrentHashMap.newKeySet();
  private final Set<TcpIncoming> incoming = ConcurrentHashMap.newKeySet();
  /** Of those, the ones whose handshake is not over. Confined to the loop. */
  private final Set<TcpIncoming> strangers = new HashSet<>();
  private final ExtraPlaces extra;
  private volatile HostPort place;
  private volatile boolean closed;

  private TcpEndpoint(LinkContext context, Context loop) {
    this.context = context;
    this.loop = loop;
    this.server = context.vertx().createNetServer(new NetServerOptions().setTcpNoDelay(true)
        .setHost(context.host()).setPort(0));
    this.extra = new ExtraPlaces(context.vertx(), loop, this::accept);
    this.client = context.vertx().createNetClient(new NetClientOptions().setTcpNoDelay(true)
        .setConnectTimeout((int) Math.min(Integer.MAX_VALUE, context.failureTimeout().toMillis())));
  }

  static Future<TcpEndpoint> open(LinkContext context) {
    if (!HostPort.isDialable(context.host())) {
      return Future.failedFuture(new MpiException(ErrorClass.ARG, "host must be an IP address that peers can dial, but"
          + " is \"" + context.host() + "\""));
    }
    Context loop = Loops.detached(context.vertx());
    Promise<TcpEndpoint> promise = Promise.promise();
    loop.runOnContext(begin -> {
      TcpEndpoint endpoint = new TcpEndpoint(context, loop);
      endpoint.listen().onComplete(promise);
    });
    return promise.future();
  }

  private Future<TcpEndpoint> listen() {
    return server.connectHandler(this::accept).listen().map(listening -> {
      place = new HostPort(context.host(), listening.actualPort());
      return this;
    });
  }

  private void accept(NetSocket socket) {
    if (closed || strangers.size() >= MOST_STRANGERS) {
      socket.close().onComplete(done -> { });
      return;
    }
    NodeAddress self = new NodeAddress(context.self(), Map.of("tcp", endpoint()));
    TcpIncoming link = new TcpIncoming(context, self, socket);
    incoming.add(link);
    strangers.add(link);
    link.begin(() -> strangers.remove(link), () -> {
      strangers.remove(link);
      incoming.remove(link);
    });
  }

  @Override
  public String endpoint() {
    return place.toString();
  }

  @Override
  public boolean reaches(NodeAddress peer) {
    return HostPort.of(peer).isPresent();
  }

  /** Whoever listens at an address of this very host runs on it. */
  @Override
  public boolean seesDeath(NodeAddress peer) {
    return HostPort.of(peer).filter(at -> at.isLoopback() || at.host().equals(context.host())).isPresent();
  }

  @Override
  public Future<Link> connect(NodeAddress self, NodeAddress peer) {
    return connect(self, peer, !seesDeath(peer));
  }

  /** Makes a link; {@code watched} where the peer may vanish without a closed socket. */
  Future<Link> connect(NodeAddress self, NodeAddress peer, boolean watched) {
    return dial(peer, link -> link.begin(self, watched));
  }

  @Override
  public Future<Void> probe(NodeAddress self, NodeAddress peer) {
    return dial(peer, link -> link.probe(self)).mapEmpty();
  }

  private Future<Link> dial(NodeAddress peer, Function<TcpLink, Future<Link>> begin) {
    HostPort target = HostPort.of(peer).orElse(null);
    if (target == null) {
      return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "the peer names no place for sockets"));
    }
    Promise<Link> promise = Promise.promise();
    loop.runOnContext(now -> {
      if (closed) {
        promise.fail(new MpiException(ErrorClass.PROC_FAILED, "this node is closed"));
        return;
      }
      long begun = System.nanoTime();
      client.connect(target.port(), target.host()).onComplete(outcome -> {
        if (outcome.failed()) {
          // Whoever refuses does it at once.
          boolean late = System.nanoTime() - begun >= context.failureTimeout().toNanos();
          promise.fail(new MpiException(late ? ErrorClass.TIMEOUT : ErrorClass.PROC_FAILED,
              "no connection to " + target, outcome.cause()));
        } else if (closed) {
          outcome.result().close().onComplete(done ->
              promise.fail(new MpiException(ErrorClass.PROC_FAILED, "this node is closed")));
        } else {
          TcpLink link = new TcpLink(context, loop, peer, outcome.result());
          outgoing.add(link);
          link.closeHandler(cause -> outgoing.remove(link));
          begin.apply(link).onComplete(promise);
        }
      });
    });
    return promise.future();
  }

  @Override
  public Future<String> listen(String host, int port) {
    return extra.listen(host, port);
  }

  @Override
  public Future<Void> unlisten(String endpoint) {
    return extra.unlisten(endpoint);
  }

  @Override
  public void cut(NodeId peer) {
    outgoing.stream().filter(link -> link.peer().id().equals(peer)).forEach(TcpLink::kill);
    incoming.stream().filter(link -> link.isFrom(peer)).forEach(TcpIncoming::kill);
  }

  /** Ends as if the process had crashed. */
  void kill() {
    closed = true;
    outgoing.forEach(TcpLink::kill);
    incoming.forEach(TcpIncoming::kill);
    server.close().onComplete(done -> { });
    extra.close().onComplete(done -> { });
  }

  @Override
  public Future<Void> close() {
    closed = true;
    List<Future<Void>> ends = new ArrayList<>();
    outgoing.forEach(link -> ends.add(link.close()));
    incoming.forEach(link -> ends.add(link.close()));
    return Future.join(ends).transform(done -> Future.join(server.close(), extra.close(), client.close())).mapEmpty();
  }
}
