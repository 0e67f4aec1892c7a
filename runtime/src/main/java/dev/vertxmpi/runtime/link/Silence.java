package dev.vertxmpi.runtime.link;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;

/**
 * Notices that a peer has fallen silent: a host that vanishes closes no socket.
 *
 * <p>It counts its own ticks and looks at no clock: a loop that was blocked for long finds its peer's messages in its
 * queue and must not take its own silence for that of the peer. Runs on one event loop.
 */
public final class Silence {

  /** So often a peer is asked within the time after which silence counts. */
  private static final int TRIES = 3;

  private final Vertx vertx;
  private final Duration limit;
  private final Handler<Throwable> onSilent;
  private boolean watching;
  private boolean stopped;
  private long timer;
  private int missed;

  /**
   * Does nothing yet.
   *
   * @param vertx for timers
   * @param limit how long silence is trusted
   * @param onSilent gets the cause, once
   */
  public Silence(Vertx vertx, Duration limit, Handler<Throwable> onSilent) {
    this.vertx = vertx;
    this.limit = limit;
    this.onSilent = onSilent;
  }

  /**
   * Begins, once.
   *
   * @param ask makes the other side answer; runs at each tick
   */
  public void watch(Runnable ask) {
    if (!watching && !stopped) {
      watching = true;
      tickLater(ask);
    }
  }

  private void tickLater(Runnable ask) {
    timer = vertx.setTimer(Math.max(1, limit.toMillis() / TRIES), tick -> {
      if (stopped) {
        return;
      }
      if (missed++ > TRIES) {
        stop();
        onSilent.handle(new IOException("silent for more than " + limit.toMillis() + " ms"));
      } else {
        ask.run();
        tickLater(ask);
      }
    });
  }

  /** Something came. */
  public void heard() {
    missed = 0;
  }

  /** Ends. */
  public void stop() {
    stopped = true;
    if (watching) {
      vertx.cancelTimer(timer);
    }
  }
}
