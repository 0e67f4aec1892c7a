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
  private final ShmLink link;
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile boolean ended;
  private long before;
  private long polls;

  Watch(ShmEndpoint endpoint, ShmLink link) {
    this.endpoint = endpoint;
    this.link = link;
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
      link.flush();
    }
    polls = now;
    long taken = link.taken();
    boolean idle = link.isIdle();
    if (idle) {
      watching.set(false);
      // What was sent before that was not looked after by its sender.
      if (!link.isIdle()) {
        begin();
      }
      return;
    }
    if (taken == before && !link.wakeIfAsleep(true)) {
      link.nudge();
    }
    before = taken;
    later();
  }
}
