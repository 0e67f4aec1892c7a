package dev.vertxmpi.runtime.port;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.rank.Rank;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * A join: two processes with a socket between them find out which of them opens a port, and meet there.
 *
 * <pre>
 *   smaller id    header --.  .-- header   greater id
 *                           ><
 *   pauses       &lt;---------'  '---------&gt;
 *   opens a port  port ------------------&gt; pauses
 *   accepts      &lt;========================= connects: by a link of its own, not by this socket
 * </pre>
 *
 * <p>Each side pauses the socket in the handler in which it has read all: what comes later is the user's.
 *
 * <p>Confined to the domain of the rank, but for {@link #read}.
 */
final class Joining {

  private final Rank rank;
  private final Ports ports;
  private final Intracommunicator self;
  private final NetSocket socket;
  private final ConnectOptions options;
  private final Call<Intercommunicator> call;
  private final JoinReader reader;
  private final CancelScope scope = new CancelScope();
  private boolean over;

  Joining(Rank rank, Ports ports, Intracommunicator self, NetSocket socket, ConnectOptions options,
      Call<Intercommunicator> call) {
    this.rank = rank;
    this.ports = ports;
    this.self = self;
    this.socket = socket;
    this.options = options;
    this.call = call;
    this.reader = new JoinReader(rank.id());
  }

  void start() {
    call.onWithdraw(this::stop);
    socket.handler(this::read);
    socket.exceptionHandler(this::broken);
    socket.closeHandler(closed -> broken(null));
    write(JoinReader.header(rank.id()));
    socket.resume();
  }

  private void broken(Throwable cause) {
    rank.domain().execute(() -> stop(new MpiException(ErrorClass.OTHER, "the socket was closed during the join",
        cause)));
  }

  private void write(Buffer bytes) {
    socket.write(bytes).onFailure(this::broken);
  }

  /** On the context of the socket. */
  private void read(Buffer bytes) {
    try {
      if (reader.feed(bytes)) {
        socket.pause();
        rank.domain().execute(this::meet);
      }
    } catch (MpiException e) {
      socket.pause();
      rank.domain().execute(() -> stop(e));
    }
  }

  private void meet() {
    if (!over) {
      Intracommunicator alone = self.with(new CallOptions().setCancel(scope));
      Future<Intercommunicator> connection = reader.port() == null ? serve(alone)
          : alone.connect(reader.port(), options, Root.rank(0));
      connection.onComplete(outcome -> rank.domain().execute(() -> settle(outcome)));
    }
  }

  private Future<Intercommunicator> serve(Intracommunicator alone) {
    return ports.openPort(new PortOptions()).compose(port -> {
      write(JoinReader.port(port));
      return alone.accept(port, Root.rank(0)).transform(outcome -> close(port)
          .compose(closed -> outcome.succeeded() ? Future.succeededFuture(outcome.result())
              : Future.failedFuture(outcome.cause())));
    });
  }

  private Future<Void> close(Port port) {
    return ports.closePort(port).otherwiseEmpty();
  }

  private void settle(AsyncResult<Intercommunicator> outcome) {
    if (!over) {
      over = true;
      letGo();
      call.settle(outcome);
    } else if (outcome.succeeded()) {
      outcome.result().disconnect();
    }
  }

  private void stop(MpiException why) {
    if (!over) {
      over = true;
      scope.cancel();
      letGo();
      call.fail(why);
    }
  }

  /** The socket is the user's again: quiet, and without handlers of ours. */
  private void letGo() {
    socket.pause();
    socket.handler(null);
    socket.exceptionHandler(null);
    socket.closeHandler(null);
  }
}
