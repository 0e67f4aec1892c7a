package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/**
 * A rank's question who is where, to the roster of its launcher. It is answered when all ranks have asked; when time is
 * up first, the launcher may still say who is missing.
 */
final class JoinQuestion {

  private static final long LAST_WORD_MILLIS = 500;

  private final ProcessId me;
  private final int size;
  private final Context caller;
  private final long millis;
  private final Promise<Places> places;
  // Guarded by this.
  private Promise<RosterMessages.Answer> answer = Promise.promise();

  /**
   * Nothing is asked yet.
   *
   * @param caller where it is answered
   * @param millis how long to wait
   */
  JoinQuestion(Context caller, ProcessId me, int size, long millis) {
    this.caller = caller;
    this.me = me;
    this.size = size;
    this.millis = millis;
    this.places = Loops.promise(caller);
  }

  /**
   * Asks, once.
   *
   * @param line says it to the launcher, now or as soon as it is connected; the last word only where it is
   */
  Future<Places> ask(NodeAddress address, Consumer<JsonObject> line) {
    Runnable stopWaiting = Loops.later(caller, millis, () -> late(line));
    answer().future().onComplete(outcome -> {
      stopWaiting.run();
      if (outcome.failed()) {
        places.tryFail(outcome.cause());
      } else if (outcome.result().places() != null) {
        places.tryComplete(outcome.result().places());
      }
    });
    line.accept(new JsonObject().put("join", RosterMessages.join(me, size, address)));
    return places.future();
  }

  private void late(Consumer<JsonObject> line) {
    Promise<RosterMessages.Answer> missing = Promise.promise();
    synchronized (this) {
      answer = missing;
    }
    Runnable stopWaiting = Loops.later(caller, LAST_WORD_MILLIS, () ->
        places.tryFail(Roster.late(List.of(), millis)));
    missing.future().onComplete(outcome -> {
      stopWaiting.run();
      places.tryFail(Roster.late(outcome.succeeded() ? outcome.result().missing() : List.of(), millis));
    });
    line.accept(new JsonObject().put("missing", true));
  }

  private synchronized Promise<RosterMessages.Answer> answer() {
    return answer;
  }

  /** The launcher has said something; hostile until read. */
  void take(JsonObject said) {
    try {
      answer().tryComplete(RosterMessages.answer(said, me.job(), size));
    } catch (MpiException e) {
      answer().tryFail(e);
    }
  }

  void fail(MpiException why) {
    answer().tryFail(why);
  }
}
