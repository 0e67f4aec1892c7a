package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.link.ChosenLoop;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the sockets of an endpoint are read: by the loop of the first rank that polls, else by the endpoint's own.
 *
 * <pre>
 *   rank polls or sleeps            its loop reads: frames reach the rank without a hop
 *   rank's handler takes long       the endpoint's loop reads, so that windows answer and peers go on
 *   no rank polls, TLS, no epoll    the endpoint's loop reads
 * </pre>
 */
final class Progress extends ChosenLoop<TcpPoller> {

  /** So often it is seen to that the loop of the rank goes on, in milliseconds. */
  private static final long PERIOD = 10;

  /** While it does not, its sockets are looked at so often. */
  private static final long HELPING = 1;

  private final TcpEndpoint endpoint;
  private final Set<TcpConnection> connections = new LinkedHashSet<>();
  private boolean watching;
  private boolean closed;
  private long before;

  Progress(TcpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  protected TcpPoller newPoller() {
    return new TcpPoller();
  }

  @Override
  protected void begun() {
    connections.forEach(connection -> connection.moveTo(chosen()));
    tell();
  }

  @Override
  protected void ended(Context left) {
    connections.forEach(connection -> connection.moveTo(endpoint.loop()));
  }

  private void tell() {
    if (poller() != null) {
      poller().connections(connections.toArray(TcpConnection[]::new));
      if (!watching && !connections.isEmpty()) {
        watching = true;
        later(PERIOD);
      }
    }
  }

  /** Both ends know of a connection. */
  synchronized void adopt(TcpConnection connection) {
    if (connection.isDirect() && !closed) {
      connections.add(connection);
      if (chosen() != null) {
        connection.moveTo(chosen());
      }
      tell();
    }
  }

  synchronized void forget(TcpConnection connection) {
    if (connections.remove(connection)) {
      tell();
    }
  }

  private void later(long millis) {
    Loops.later(endpoint.loop(), millis, this::look);
  }

  private void look() {
    List<TcpConnection> stuck = List.of();
    synchronized (this) {
      TcpPoller now = poller();
      watching = now != null && !connections.isEmpty();
      if (!watching) {
        return;
      }
      long polls = now.polls();
      if (polls == before && !now.isAsleep()) {
        stuck = List.copyOf(connections);
      }
      before = polls;
    }
    stuck.forEach(connection -> connection.in().help());
    later(stuck.isEmpty() ? PERIOD : HELPING);
  }

  /** Nobody polls any more. */
  synchronized Future<Void> close() {
    closed = true;
    connections.clear();
    stopPolling();
    return Future.succeededFuture();
  }
}
