package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * The roster of a job, at an address of the event bus. The launcher keeps it. A rank asks until all are there; ranks
 * that ask later are answered as well.
 */
public final class RosterService {

  /** How long a question waits for the last rank before it is answered with who is missing. */
  static final long HOLD_MILLIS = 500;

  private final Vertx vertx;
  private final Context loop;
  private final Roster roster;
  private final IntConsumer joined;
  /** Questions that wait. */
  private final List<Message<Object>> held = new ArrayList<>();
  private MessageConsumer<Object> consumer;

  private RosterService(Vertx vertx, Context loop, UUID job, int size, IntConsumer joined) {
    this.vertx = vertx;
    this.loop = loop;
    this.roster = new Roster(job, size);
    this.joined = joined;
  }

  /**
   * Begins.
   *
   * @param vertx of the launcher, in the cluster of the job
   * @param job the job
   * @param size number of ranks
   * @param joined told of each rank that has joined, once, on an event loop
   * @return settles when ranks can join
   */
  public static Future<RosterService> open(Vertx vertx, UUID job, int size, IntConsumer joined) {
    Context loop = Loops.detached(vertx);
    RosterService service = new RosterService(vertx, loop, job, size, joined);
    Promise<RosterService> promise = Promise.promise();
    loop.runOnContext(begin -> {
      service.consumer = vertx.eventBus().consumer(RosterMessages.address(job), service::onMessage);
      service.consumer.completion().map(registered -> service).onComplete(promise);
    });
    return promise.future();
  }

  private void onMessage(Message<Object> message) {
    try {
      List<Integer> news = new ArrayList<>();
      synchronized (roster) {
        RosterMessages.enter(message.body(), roster, news::add);
      }
      news.forEach(joined::accept);
    } catch (MpiException e) {
      message.reply(RosterMessages.error(e.reason()));
      return;
    } catch (IllegalArgumentException e) {
      message.reply(RosterMessages.error("the question is malformed: " + e.getMessage()));
      return;
    }
    held.add(message);
    if (roster.isComplete()) {
      answerAll();
    } else {
      vertx.setTimer(HOLD_MILLIS, late -> {
        if (held.remove(message)) {
          message.reply(RosterMessages.missing(roster));
        }
      });
    }
  }

  private void answerAll() {
    JsonObject places = RosterMessages.places(roster);
    List.copyOf(held).forEach(message -> message.reply(places));
    held.clear();
  }

  /**
   * Who has not joined yet.
   *
   * @return ranks in order, empty when all have
   */
  public List<Integer> missing() {
    synchronized (roster) {
      return roster.missing();
    }
  }

  /**
   * Ends.
   *
   * @return settles when the address is free
   */
  public Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    loop.runOnContext(now -> consumer.unregister().onComplete(promise));
    return promise.future();
  }
}
