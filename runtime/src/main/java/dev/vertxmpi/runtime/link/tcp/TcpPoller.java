package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.progress.Pollable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the sockets of an endpoint from the loop of a rank, while that loop polls: the one that had something last at
 * each look, of the others one after another.
 */
@SuppressWarnings("ReferenceEquality") // Threads are themselves.
final class TcpPoller implements Pollable {

  private static final TcpConnection[] NONE = {};
  private static final VarHandle POLLS;

  static {
    try {
      POLLS = MethodHandles.lookup().findVarHandle(TcpPoller.class, "polls", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final List<Outgoing> later = new ArrayList<>();
  private volatile TcpConnection[] connections = NONE;
  private volatile boolean asleep;
  private Thread thread;
  private boolean sentInTurn;
  private int last;
  private int next;
  private long polls;

  /** Those that it reads from now on. */
  void connections(TcpConnection[] now) {
    connections = now;
  }

  /** Grows while the loop polls. From any thread. */
  long polls() {
    return (long) POLLS.getOpaque(this);
  }

  boolean isAsleep() {
    return asleep;
  }

  /** Whether a frame that was just put to the others is written at the end of the turn. Called by who has the lock. */
  boolean sendsLater(Outgoing out, int waiting) {
    if (thread != Thread.currentThread()) {
      return false;
    }
    if (!sentInTurn) {
      sentInTurn = true;
      return false;
    }
    if (waiting >= FrameWriter.TOGETHER) {
      return false;
    }
    if (!later.contains(out)) {
      later.add(out);
    }
    return true;
  }

  private void turnOver() {
    sentInTurn = false;
    if (!later.isEmpty()) {
      List<Outgoing> now = List.copyOf(later);
      later.clear();
      now.forEach(Outgoing::flush);
    }
  }

  @Override
  public boolean poll() {
    POLLS.setOpaque(this, polls + 1);
    turnOver();
    TcpConnection[] now = connections;
    if (now.length == 0) {
      return false;
    }
    boolean any = false;
    if (last < now.length) {
      any = look(now[last]);
    }
    if (now.length > 1) {
      next = next + 1 < now.length ? next + 1 : 0;
      if (next != last && look(now[next])) {
        last = next;
        any = true;
      }
    } else {
      last = 0;
    }
    return any;
  }

  private static boolean look(TcpConnection connection) {
    Outgoing out = connection.out();
    if (out.waits()) {
      out.flush();
    }
    return connection.in().pollUntold();
  }

  @Override
  public boolean arm() {
    turnOver();
    asleep = true;
    // Whoever is told of events is told of those that are there already.
    for (TcpConnection connection : connections) {
      connection.in().beTold();
    }
    return true;
  }

  @Override
  public void disarm() {
    asleep = false;
    thread = Thread.currentThread();
  }
}
