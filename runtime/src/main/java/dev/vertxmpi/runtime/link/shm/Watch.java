package dev.vertxmpi.runtime.link.shm;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks after what was sent when those who should are busy: a consumer that says that it polls but is stuck in a
 * handler of its user, or a queue whose sender is. On the endpoint's loop, every millisecond, for as long as there is
 * anything.
 */
final class Watch {

  private static final long PERIOD_MILLIS = 1;

  private final ShmEndpoint endpoint;
  private final Outgoing out;
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile boolean ended;
  private long before;
  private long polls;

  Watch(ShmEndpoint endpoint, Outgoing out) {
    this.endpoint = endpoint;
    this.out = out;
  }

  /** From any thread. */
  void begin() {
    if (!watching.get() && watching.compareAndSet(false, true)) {
      try {
        endpoint.loop().runOnContext(now -> {
          before = -1;
          later();
        });
      } catch (RejectedExecutionException e) {
        ended = true;
      }
    }
  }

  void end() {
    ended = true;
  }

  private void later() {
    if (!ended) {
      endpoint.context().vertx().setTimer(PERIOD_MILLIS, tick -> look());
    }
  }

  private void look() {
    if (ended) {
      return;
    }
    ShmPoller poller = endpoint.poller();
    long now = poller == null ? 0 : poller.polls();
    if (poller == null || now == polls) {
      // Nobody else does it.
      out.flush();
    }
    polls = now;
    long taken = out.taken();
    boolean idle = out.isIdle();
    if (idle) {
      watching.set(false);
      // What was sent before that was not looked after by its sender.
      if (!out.isIdle()) {
        begin();
      }
      return;
    }
    if (taken == before && !out.wakeIfAsleep(true)) {
      out.nudge();
    }
    before = taken;
    later();
  }
}
