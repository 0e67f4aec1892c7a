package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Which ways of a connection are open, and the links that use the way out. */
final class Ways {

  private enum Way { NONE, OPENING, OPEN, ENDING, ENDED }

  private final TcpConnection connection;
  private final Outgoing out;
  private final Promise<Void> gone = Promise.promise();
  private final List<TcpLink> links = new ArrayList<>();
  private final List<Runnable> opening = new ArrayList<>();
  private final List<Runnable> failing = new ArrayList<>();
  private Way way = Way.NONE;
  /** How often we have asked to open without an answer yet. A way that is opened anew waits for the last one. */
  private int asked;
  private boolean over;
  /** We hang up, and open nothing any more. */
  private boolean leaving;
  private volatile boolean established;
  private volatile boolean in;

  Ways(TcpConnection connection, Outgoing out) {
    this.connection = connection;
    this.out = out;
  }

  void establish() {
    established = true;
  }

  boolean isEstablished() {
    return established;
  }

  boolean isIn() {
    return in;
  }

  Future<Void> gone() {
    return gone.future();
  }

  /** Whether no way is open: then the end of the connection is in order. */
  synchronized boolean isEmpty() {
    return established && !in && (way == Way.NONE || way == Way.ENDED);
  }

  /** The first link of who has dialled: the peer takes that with the first frame. */
  synchronized void openFirst() {
    way = Way.OPEN;
    ask();
  }

  private void ask() {
    asked++;
    out.control(Control.OPEN);
  }

  /** A link over the way out; null where the connection ended before it was there. */
  Future<Link> link(NodeAddress peer) {
    Promise<Link> promise = Promise.promise();
    synchronized (this) {
      if (over) {
        return Future.succeededFuture();
      }
      if (leaving) {
        failing.add(() -> promise.tryComplete(null));
        return promise.future();
      }
      if (way != Way.OPEN) {
        opening.add(() -> promise.tryComplete(add(peer)));
        failing.add(() -> promise.tryComplete(null));
        if (way == Way.NONE || way == Way.ENDED) {
          way = Way.OPENING;
          ask();
        }
        return promise.future();
      }
    }
    return Future.succeededFuture(add(peer));
  }

  private TcpLink add(NodeAddress peer) {
    TcpLink link = new TcpLink(connection, peer);
    synchronized (this) {
      links.add(link);
    }
    return link;
  }

  /** The peer opens its way. False where we hang up: it gets no answer, and opens it on another connection. */
  synchronized boolean opened() {
    if (in) {
      throw new IllegalArgumentException("a link was opened twice");
    }
    if (!leaving && !over) {
      in = true;
      out.control(Control.OPENED);
    }
    return in;
  }

  /** The peer takes our frames. */
  void confirmed() {
    List<Runnable> ready;
    synchronized (this) {
      if (--asked < 0) {
        throw new IllegalArgumentException("a link was confirmed that nobody opened");
      }
      if (asked > 0 || way != Way.OPENING) {
        return;
      }
      way = Way.OPEN;
      out.reopen();
      ready = List.copyOf(opening);
      opening.clear();
      failing.clear();
    }
    ready.forEach(Runnable::run);
  }

  /** The peer ends its way; false where the connection is over. */
  boolean inEnded() {
    if (!in) {
      throw new IllegalArgumentException("a link was ended that is not open");
    }
    synchronized (this) {
      in = false;
      return !over;
    }
  }

  /** Decides to hang up where neither way is open; then none can be opened. */
  synchronized boolean leave() {
    leaving |= isEmpty();
    return leaving;
  }

  /** Hangs up where neither way is open. */
  void leaveWhereEmpty() {
    if (leave()) {
      connection.kill();
    }
  }

  /** A link is closed: with the last one the way out ends. On the endpoint's loop. */
  void release(TcpLink link) {
    synchronized (this) {
      if (!links.contains(link)) {
        return;
      }
      if (links.size() > 1 || way != Way.OPEN) {
        links.remove(link);
      } else {
        way = Way.ENDING;
        out.close(Control.END).onComplete(written -> connection.onLoop(() -> ended(link)));
        return;
      }
    }
    link.ended(null);
  }

  private void ended(TcpLink link) {
    boolean empty;
    synchronized (this) {
      if (over) {
        return;
      }
      links.remove(link);
      way = Way.ENDED;
      if (!opening.isEmpty()) {
        // Somebody has asked for a link meanwhile.
        way = Way.OPENING;
        ask();
      }
      empty = isEmpty();
    }
    link.ended(null);
    if (empty) {
      connection.linger();
    }
  }

  /** The connection is over; true where the way in was open. */
  boolean end(Throwable cause) {
    List<TcpLink> left;
    List<Runnable> failed;
    boolean wasIn;
    synchronized (this) {
      over = true;
      wasIn = in;
      in = false;
      left = List.copyOf(links);
      links.clear();
      failed = List.copyOf(failing);
      opening.clear();
      failing.clear();
    }
    failed.forEach(Runnable::run);
    left.forEach(link -> link.ended(cause));
    gone.complete();
    return wasIn;
  }
}
