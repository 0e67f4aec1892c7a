package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.runtime.vertx.Stream;
import dev.vertxmpi.runtime.vertx.StreamServer;
import dev.vertxmpi.runtime.vertx.StreamTls;
import dev.vertxmpi.runtime.vertx.Streams;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Listens for connections and makes them. What it decides it decides on one event loop; frames are read where ranks
 * are: see {@link Progress}.
 */
final class TcpEndpoint implements LinkEndpoint {

  /** Sockets whose handshake is not over; more are refused. */
  private static final int MOST_STRANGERS = 4096;

  private final LinkContext context;
  private final Context loop;
  private final StreamTls tls;
  private final Set<TcpConnection> connections = ConcurrentHashMap.newKeySet();
  /** Those whose handshake is not over. Confined to the loop. */
  private final Set<TcpConnection> strangers = new HashSet<>();
  private final Table table = new Table(this);
  private final Progress progress = new Progress(this);
  private final ExtraPlaces extra;
  private StreamServer server;
  private volatile HostPort place;
  private volatile boolean closed;

  private TcpEndpoint(LinkContext context, Context loop, StreamTls tls) {
    this.context = context;
    this.loop = loop;
    this.tls = tls;
    this.extra = new ExtraPlaces(context.vertx(), loop, tls, this::accept);
  }

  static Future<TcpEndpoint> open(LinkContext context) {
    if (!HostPort.isDialable(context.host())) {
      return Future.failedFuture(new MpiException(ErrorClass.ARG, "host must be an IP address that peers can dial, but"
          + " is \"" + context.host() + "\""));
    }
    if (context.tls() == null) {
      return listen(context, null);
    }
    return context.vertx().executeBlocking(() -> StreamTls.of(context.vertx(), context.tls()), false)
        .recover(failure -> Future.failedFuture(new MpiException(ErrorClass.ARG,
            "tls has keys or trust that cannot be used: " + failure.getMessage(), failure)))
        .compose(tls -> listen(context, tls));
  }

  private static Future<TcpEndpoint> listen(LinkContext context, StreamTls tls) {
    Context loop = Loops.detached(context.vertx());
    TcpEndpoint endpoint = new TcpEndpoint(context, loop, tls);
    return StreamServer.listen(loop, context.host(), 0, tls, endpoint::accept).map(listening -> {
      endpoint.server = listening;
      endpoint.place = new HostPort(context.host(), listening.port());
      return endpoint;
    });
  }

  LinkContext context() {
    return context;
  }

  Context loop() {
    return loop;
  }

  TcpPoller poller() {
    return progress.poller();
  }

  private void accept(Stream stream) {
    NodeAddress self = new NodeAddress(context.self(), Map.of("tcp", endpoint()));
    TcpConnection connection =
        new TcpConnection(this, table, stream, Handshake.server(context.keys(), self), null, false);
    if (closed || strangers.size() >= MOST_STRANGERS) {
      connection.kill();
      return;
    }
    connections.add(connection);
    strangers.add(connection);
    connection.begin();
  }

  /** The other side of a connection that came in is no stranger any more. */
  void known(TcpConnection connection) {
    strangers.remove(connection);
  }

  /** Its frames are read where the rank is. */
  void adopt(TcpConnection connection) {
    progress.adopt(connection);
  }

  void forget(TcpConnection connection) {
    strangers.remove(connection);
    connections.remove(connection);
    progress.forget(connection);
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
    return onLoop(() -> table.connect(self, peer, watched));
  }

  void retry(Pair.Wish wish) {
    connect(wish.self(), wish.peer(), wish.watched()).onComplete(outcome -> {
      if (outcome.succeeded()) {
        wish.promise().tryComplete(outcome.result());
      } else {
        wish.promise().tryFail(outcome.cause());
      }
    });
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> action) {
    Promise<T> promise = Promise.promise();
    try {
      loop.runOnContext(now -> {
        if (closed) {
          promise.fail(new MpiException(ErrorClass.PROC_FAILED, "this node is closed"));
        } else {
          action.get().onComplete(promise);
        }
      });
    } catch (RejectedExecutionException e) {
      promise.fail(e);
    }
    return promise.future();
  }

  @Override
  public Future<Void> probe(NodeAddress self, NodeAddress peer) {
    Promise<Void> promise = Promise.promise();
    TcpConnection.Owner asker = new TcpConnection.Owner() {
      @Override
      public void proved(TcpConnection connection) {
        promise.tryComplete();
        connection.kill();
      }

      @Override
      public void wanted(TcpConnection connection) {
        throw new IllegalArgumentException("nobody dials a probe");
      }

      @Override
      public void opened(TcpConnection connection) {
        throw new IllegalArgumentException("no link comes of a probe");
      }

      @Override
      public void over(TcpConnection connection, MpiException why) {
        forget(connection);
        promise.tryFail(why);
      }
    };
    onLoop(() -> open(asker, Handshake.probe(context.keys(), self, peer), peer, false))
        .onComplete(TcpConnection::begin, promise::tryFail);
    return promise.future();
  }

  /** Opens a socket to a peer for a link. The connection has not begun. */
  Future<TcpConnection> open(TcpConnection.Owner owner, NodeAddress self, NodeAddress peer, boolean watched) {
    return open(owner, Handshake.client(context.keys(), self, peer), peer, watched);
  }

  private Future<TcpConnection> open(TcpConnection.Owner owner, Handshake handshake, NodeAddress peer,
      boolean watched) {
    HostPort target = HostPort.of(peer).orElse(null);
    if (target == null) {
      return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "the peer names no place for sockets"));
    }
    long begun = System.nanoTime();
    return Streams.connect(loop, target.host(), target.port(), context.failureTimeout(), tls).transform(outcome -> {
      if (outcome.failed()) {
        // Whoever refuses does it at once.
        boolean late = System.nanoTime() - begun >= context.failureTimeout().toNanos();
        return Future.failedFuture(new MpiException(late ? ErrorClass.TIMEOUT : ErrorClass.PROC_FAILED,
            "no connection to " + target, outcome.cause()));
      }
      TcpConnection connection = new TcpConnection(this, owner, outcome.result(), handshake, peer, watched);
      connections.add(connection);
      if (closed) {
        connection.kill();
        return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "this node is closed"));
      }
      return Future.succeededFuture(connection);
    });
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
  public Runnable progressOn(Context rank) {
    return progress.add(rank);
  }

  @Override
  public void cut(NodeId peer) {
    loop.runOnContext(now -> table.cut(peer));
  }

  /** Ends as if the process had crashed. */
  void kill() {
    closed = true;
    connections.forEach(TcpConnection::kill);
    server.close();
    extra.close();
  }

  @Override
  public Future<Void> close() {
    closed = true;
    Promise<Void> ended = Promise.promise();
    loop.runOnContext(now -> {
      table.close();
      List<Future<Void>> ends = new ArrayList<>();
      connections.forEach(connection -> ends.add(connection.close()));
      Future.join(ends).onComplete(done -> ended.complete());
    });
    return ended.future().transform(done -> Future.join(server.close(), extra.close(), progress.close())).mapEmpty();
  }
}
