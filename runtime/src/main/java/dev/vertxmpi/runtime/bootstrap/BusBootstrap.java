package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Ranks of several JVMs meet at the roster that their launcher keeps on the event bus. */
public final class BusBootstrap implements Bootstrap {

  /** An answer that takes longer is lost, or the roster is not yet known in the cluster. */
  private static final long ANSWER_MILLIS = 4 * RosterService.HOLD_MILLIS;

  private static final long RETRY_MILLIS = 100;

  private final Vertx vertx;
  private final int size;
  private final Duration deadline;

  /**
   * Knows nothing yet.
   *
   * @param vertx clustered
   * @param size number of ranks
   * @param deadline how long to wait for the others
   */
  public BusBootstrap(Vertx vertx, int size, Duration deadline) {
    this.vertx = vertx;
    this.size = size;
    this.deadline = deadline;
  }

  @Override
  public Future<Places> join(ProcessId me, NodeAddress address) {
    Attempt attempt = new Attempt(me, RosterMessages.join(me, size, address));
    long timer = vertx.setTimer(Math.max(1, deadline.toMillis()), late -> attempt.end());
    attempt.ask();
    return attempt.promise.future().onComplete(outcome -> vertx.cancelTimer(timer));
  }

  /** Asks until there is an answer or no time left. */
  private final class Attempt {

    private final ProcessId me;
    private final JsonObject question;
    private final Promise<Places> promise = Promise.promise();
    private volatile List<Integer> missing = List.of();

    Attempt(ProcessId me, JsonObject question) {
      this.me = me;
      this.question = question;
    }

    void ask() {
      DeliveryOptions options = new DeliveryOptions().setSendTimeout(ANSWER_MILLIS);
      vertx.eventBus().request(RosterMessages.address(me.job()), question, options).onComplete(outcome -> {
        if (promise.future().isComplete()) {
          return;
        }
        if (outcome.failed()) {
          vertx.setTimer(RETRY_MILLIS, again -> {
            if (!promise.future().isComplete()) {
              ask();
            }
          });
        } else {
          take(outcome.result().body());
        }
      });
    }

    private void take(Object body) {
      try {
        RosterMessages.Answer answer = RosterMessages.answer(body, me.job(), size);
        if (answer.places() != null) {
          promise.tryComplete(answer.places());
        } else {
          missing = answer.missing();
          ask();
        }
      } catch (RuntimeException e) {
        promise.tryFail(e);
      }
    }

    void end() {
      promise.tryFail(Roster.late(missing, deadline.toMillis()));
    }
  }
}
