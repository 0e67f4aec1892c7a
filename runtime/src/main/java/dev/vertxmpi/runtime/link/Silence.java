package dev.vertxmpi.runtime.link;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Notices that a peer has fallen silent: a host that vanishes closes no socket.
 *
 * <pre>
 *   listening --nothing heard for the limit--> asking otherwise --no answer--> silent
 *       ^                                           | it lives
 *       '-------------------------------------------'   once: silence right behind that is the link's own end
 * </pre>
 *
 * <p>It counts its own ticks and looks at no clock: a loop that was blocked for long finds its peer's messages in its
 * queue and must not take its own silence for that of the peer. Runs on one event loop.
 */
public final class Silence {

  /** Ticks within the time after which silence counts. At each but the last the peer is asked. */
  private static final int TICKS = 5;

  private final Vertx vertx;
  private final Duration limit;
  private final Supplier<Future<Void>> confirm;
  private final Handler<Throwable> onSilent;
  private Context loop;
  private boolean watching;
  private boolean stopped;
  /** It was said to live, and nothing was heard since. */
  private boolean excused;
  private long timer;
  private int missed;

  /**
   * Does nothing yet. Silence is believed at once.
   *
   * @param vertx for timers
   * @param limit how long silence is trusted
   * @param onSilent gets the cause, once
   */
  public Silence(Vertx vertx, Duration limit, Handler<Throwable> onSilent) {
    this(vertx, limit, () -> Future.failedFuture(new IOException("nobody can ask it otherwise")), onSilent);
  }

  /**
   * Does nothing yet.
   *
   * @param vertx for timers
   * @param limit how long silence is trusted
   * @param confirm asks in another way whether the peer lives; fails where it does not
   * @param onSilent gets the cause, once
   */
  public Silence(Vertx vertx, Duration limit, Supplier<Future<Void>> confirm, Handler<Throwable> onSilent) {
    this.vertx = vertx;
    this.limit = limit;
    this.confirm = confirm;
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
      loop = vertx.getOrCreateContext();
      tickLater(ask);
    }
  }

  private void tickLater(Runnable ask) {
    timer = vertx.setTimer(Math.max(1, limit.toMillis() / TICKS), tick -> {
      if (stopped) {
        return;
      }
      if (++missed < TICKS) {
        ask.run();
        tickLater(ask);
      } else if (excused) {
        end("silent for more than " + limit.toMillis() + " ms, though it answers otherwise");
      } else {
        confirm.get().onComplete(asked -> loop.runOnContext(now -> confirmed(asked, ask)));
      }
    });
  }

  private void confirmed(AsyncResult<Void> asked, Runnable ask) {
    if (stopped) {
      return;
    }
    if (missed == 0 || asked.succeeded()) {
      excused = missed > 0;
      missed = 0;
      ask.run();
      tickLater(ask);
    } else {
      end("silent for more than " + limit.toMillis() + " ms: " + asked.cause().getMessage());
    }
  }

  private void end(String why) {
    stop();
    onSilent.handle(new IOException(why));
  }

  /** Something came. */
  public void heard() {
    missed = 0;
    excused = false;
  }

  /** Ends. */
  public void stop() {
    stopped = true;
    if (watching) {
      vertx.cancelTimer(timer);
    }
  }
}
