package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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
final class Progress {

  /** So often it is seen to that the loop of the rank goes on, in milliseconds. */
  private static final long PERIOD = 10;

  /** While it does not, its sockets are looked at so often. */
  private static final long HELPING = 1;

  private final TcpEndpoint endpoint;
  private final List<Context> candidates = new ArrayList<>();
  private final Set<TcpConnection> connections = new LinkedHashSet<>();
  private Context primary;
  private Runnable stop;
  private volatile TcpPoller poller;
  private boolean watching;
  private boolean closed;
  private long before;

  Progress(TcpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  TcpPoller poller() {
    return poller;
  }

  /** A rank progresses on a loop; undone by what is returned. */
  synchronized Runnable add(Context rank) {
    candidates.add(rank);
    choose();
    return () -> remove(rank);
  }

  private synchronized void remove(Context rank) {
    candidates.remove(rank);
    if (rank.equals(primary) && !candidates.contains(rank)) {
      leave();
      choose();
    }
  }

  private void leave() {
    stop.run();
    primary = null;
    poller = null;
    connections.forEach(connection -> connection.moveTo(endpoint.loop()));
  }

  private void choose() {
    for (int i = 0; primary == null && i < candidates.size(); i++) {
      TcpPoller next = new TcpPoller();
      Optional<Runnable> polling = Loops.poll(candidates.get(i), next);
      if (polling.isPresent()) {
        primary = candidates.get(i);
        stop = polling.get();
        poller = next;
        connections.forEach(connection -> connection.moveTo(primary));
        tell();
      }
    }
  }

  private void tell() {
    if (poller != null) {
      poller.connections(connections.toArray(TcpConnection[]::new));
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
      if (primary != null) {
        connection.moveTo(primary);
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
      TcpPoller now = poller;
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
    stuck.forEach(TcpConnection::help);
    later(stuck.isEmpty() ? PERIOD : HELPING);
  }

  /** Nobody polls any more. */
  synchronized Future<Void> close() {
    closed = true;
    candidates.clear();
    connections.clear();
    if (primary != null) {
      primary = null;
      poller = null;
      stop.run();
    }
    return Future.succeededFuture();
  }
}
