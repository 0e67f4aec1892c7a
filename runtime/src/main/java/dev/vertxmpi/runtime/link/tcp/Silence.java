package dev.vertxmpi.runtime.link.tcp;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;

/**
 * Notices that a peer on another host has fallen silent: a host that vanishes closes no socket. Between processes of
 * one host it is not used, because there a closed socket says it exactly. Runs on one event loop.
 */
final class Silence {

  /** So often a link is tried within the time after which silence counts. */
  static final int TRIES = 3;

  private final Vertx vertx;
  private final Duration limit;
  private final Handler<Throwable> onSilent;
  private long timer = -1;
  private int missed;

  Silence(Vertx vertx, Duration limit, Handler<Throwable> onSilent) {
    this.vertx = vertx;
    this.limit = limit;
    this.onSilent = onSilent;
  }

  /** Begins, at the side that only listens. */
  void watch() {
    watch(() -> { });
  }

  /** Begins; {@code ask} makes the other side answer. */
  void watch(Runnable ask) {
    if (timer == -1) {
      timer = vertx.setPeriodic(Math.max(1, limit.toMillis() / TRIES), tick -> {
        if (missed++ > TRIES) {
          stop();
          onSilent.handle(new IOException("silent for more than " + limit.toMillis() + " ms"));
        } else {
          ask.run();
        }
      });
    }
  }

  /** Something came. */
  void heard() {
    missed = 0;
  }

  void stop() {
    if (timer != -1) {
      vertx.cancelTimer(timer);
      timer = -2;
    }
  }
}
