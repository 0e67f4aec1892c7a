package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * What there is between this node and one peer, and who waits for it.
 *
 * <pre>
 *   current    both ends know of it; the links of both ways use it
 *   dialled    from here, its handshake not over
 *   answered   from there, proved, the peer has not opened a link yet
 *   held       from there, proved, but the peer has no answer while there is another one
 * </pre>
 *
 * <p>Where both dial at once, the connection of the lesser node stays: the lesser holds the other one back until its
 * own is there, then hangs up on it. Nothing was sent on that yet. If its own fails, it takes the other one. A dial
 * that has said nothing so far gives way at once. Confined to the endpoint's loop.
 */
@SuppressWarnings("ReferenceEquality") // A connection is only ever itself.
final class Pair {

  private static final int TRIES = 4;

  /** Somebody wants a link. */
  record Wish(NodeAddress self, NodeAddress peer, boolean watched, Promise<Link> promise) {
  }

  private final TcpEndpoint endpoint;
  private final TcpConnection.Owner owner;
  private final boolean lesser;
  private final List<Wish> wishes = new ArrayList<>();
  private final Queue<TcpConnection> held = new ArrayDeque<>();
  private TcpConnection current;
  private TcpConnection dialled;
  private TcpConnection answered;
  /** Grows with each dial: an older one is of no interest. */
  private int dial;
  private boolean connecting;
  private int tries;

  Pair(TcpEndpoint endpoint, TcpConnection.Owner owner, NodeId peer) {
    this.endpoint = endpoint;
    this.owner = owner;
    this.lesser = endpoint.context().self().value().compareTo(peer.value()) < 0;
  }

  boolean isEmpty() {
    return wishes.isEmpty() && held.isEmpty() && current == null && dialled == null && answered == null && !connecting;
  }

  void connect(Wish wish) {
    wishes.add(wish);
    goOn();
  }

  /** Does what can be done for those who wait. */
  private void goOn() {
    if (current != null && !current.isOver()) {
      List<Wish> now = List.copyOf(wishes);
      wishes.clear();
      now.forEach(this::link);
    } else if (current == null && dialled == null && answered == null && !connecting && !takeHeld()
        && !wishes.isEmpty()) {
      dial(wishes.getFirst());
    }
  }

  private void link(Wish wish) {
    TcpConnection over = current;
    Runnable timer = Loops.later(endpoint.loop(), endpoint.context().failureTimeout().toMillis(), () ->
        wish.promise().tryFail(
            new MpiException(ErrorClass.TIMEOUT, "the node " + wish.peer().id() + " does not answer")));
    over.ways().link(wish.peer()).onSuccess(link -> {
      timer.run();
      if (link != null) {
        if (!wish.promise().tryComplete(link)) {
          link.close();
        }
      } else if (!wish.promise().future().isComplete()) {
        endpoint.retry(wish);
      }
    });
  }

  private boolean takeHeld() {
    TcpConnection next = held.poll();
    if (next != null) {
      answered = next;
      next.answer();
    }
    return next != null;
  }

  private void dial(Wish wish) {
    if (++tries > TRIES) {
      fail(new MpiException(ErrorClass.ACCESS, "the connections to the node " + wish.peer().id()
          + " were closed again and again before they could be used"));
      return;
    }
    connecting = true;
    int number = ++dial;
    endpoint.open(owner, wish.self(), wish.peer(), wish.watched()).onComplete(outcome -> {
      if (number != dial || !connecting) {
        // It gave way to one of the peer.
        outcome.map(connection -> {
          connection.kill();
          return null;
        });
        return;
      }
      connecting = false;
      if (outcome.failed()) {
        failed(MpiException.of(outcome.cause()));
      } else {
        dialled = outcome.result();
        dialled.begin();
      }
    });
  }

  private void failed(MpiException why) {
    if (answered == null && current == null && !takeHeld()) {
      fail(why);
    }
  }

  private void fail(MpiException why) {
    List<Wish> now = List.copyOf(wishes);
    wishes.clear();
    tries = 0;
    now.forEach(wish -> wish.promise().tryFail(why));
  }

  void cut() {
    Stream.concat(held.stream(), Stream.of(current, dialled, answered).filter(Objects::nonNull))
        .forEach(TcpConnection::kill);
  }

  void giveUp(MpiException why) {
    connecting = false;
    dial++;
    fail(why);
  }

  /** The peer is proved on a connection from here. */
  void proved(TcpConnection connection) {
    if (connection != dialled || current != null) {
      connection.kill();
      return;
    }
    dialled = null;
    connection.established();
    connection.ways().openFirst();
    take(connection);
    // The peer has the answer here, so it needs no other one.
    held.forEach(TcpConnection::kill);
  }

  private void take(TcpConnection connection) {
    current = connection;
    tries = 0;
    goOn();
  }

  /** The peer is proved on a connection from there. */
  void wanted(TcpConnection connection) {
    if (connecting) {
      connecting = false;
      dial++;
    }
    if (current != null || answered != null || (dialled != null && lesser)) {
      held.add(connection);
    } else {
      answered = connection;
      connection.answer();
    }
  }

  /** The peer has opened a link on a connection from there. */
  void opened(TcpConnection connection) {
    if (connection != answered || current != null) {
      throw new IllegalArgumentException("a link was opened on a connection that is not wanted");
    }
    answered = null;
    connection.established();
    if (dialled != null) {
      TcpConnection mine = dialled;
      dialled = null;
      mine.kill();
    }
    take(connection);
  }

  /** A connection is over; false where it was none of these. */
  boolean over(TcpConnection connection, MpiException why) {
    boolean known = true;
    if (connection == current) {
      current = null;
    } else if (connection == answered) {
      answered = null;
    } else if (connection == dialled) {
      dialled = null;
      failed(why);
    } else {
      known = held.remove(connection);
    }
    if (known) {
      goOn();
    }
    return known;
  }
}
