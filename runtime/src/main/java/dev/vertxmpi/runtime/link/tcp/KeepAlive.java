package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.Silence;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import io.vertx.core.Future;

/**
 * Notices that the other side of a connection has fallen silent.
 *
 * <pre>
 *   watches        PING --at once, then at each tick--> is asked
 *   listens        &lt;----------------------------- PONG  listens too: from the first PING on they come by themselves
 * </pre>
 *
 * <p>Whatever comes counts as a sign of life. Silence is counted on the endpoint's loop.
 */
final class KeepAlive {

  private final TcpConnection connection;
  private final Incoming in;
  private final Outgoing out;
  private final Silence silence;
  private volatile boolean asked;

  /** Does nothing yet. A connection that is silent is ended for that. */
  KeepAlive(LinkContext context, TcpConnection connection, Incoming in, Outgoing out) {
    this.connection = connection;
    this.in = in;
    this.out = out;
    this.silence = new Silence(context.vertx(), context.failureTimeout(),
        () -> in.hasHeard() ? Future.succeededFuture() : context.sink().onSilent(connection.peer()),
        connection::end);
  }

  /** Asks from now on. */
  void watch() {
    // At once: from the first one on the other side listens too.
    out.control(Control.PING);
    connection.onLoop(() -> silence.watch(() -> {
      listened();
      out.control(Control.PING);
    }));
  }

  /** The other side asks. By who reads. */
  void onPing() {
    out.control(Control.PONG);
    if (!asked) {
      asked = true;
      connection.onLoop(() -> silence.watch(this::listened));
    }
  }

  private void listened() {
    if (in.hasHeard()) {
      in.forgetHeard();
      silence.heard();
    }
  }

  /** The connection is over. On the endpoint's loop. */
  void stop() {
    silence.stop();
  }
}
