package dev.vertxmpi.benchmarks.program;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Messages from rank 1 to rank 0 beside which something else is measured. One at a time, until it is ended. */
final class Chatter {

  /** How often, and what that makes of the loops. */
  enum Pace {

    /** None: both loops sleep. */
    SILENT,

    /** One each millisecond: the loop of rank 0 never stops to poll, the one of rank 1 sleeps between. */
    TRICKLE,

    /** One after another, each answered: neither loop sleeps. */
    PING_PONG
  }

  private static final int TAG = 1;
  private static final long LAST = 1;

  private final Communicator world;
  private final Context context;
  private final long[] message = new long[1];
  private final MessageBuffer buffer = MessageBuffer.of(message);
  private volatile boolean over;
  private Promise<Void> done;

  Chatter(Communicator world, Context context) {
    this.world = world;
    this.context = context;
  }

  /** Rank 1: begins to send. */
  void begin(Pace pace) {
    over = false;
    done = Promise.promise();
    if (pace == Pace.SILENT) {
      done.complete();
    } else {
      context.runOnContext(now -> next(pace));
    }
  }

  /** Rank 1: sends a last one. */
  Future<Void> end() {
    over = true;
    return done.future();
  }

  private void next(Pace pace) {
    boolean last = over;
    message[0] = last ? LAST : 0;
    world.send(buffer, 0, TAG)
        .compose(sent -> pace == Pace.PING_PONG ? world.recv(buffer, 0, TAG).mapEmpty() : Future.succeededFuture())
        .onComplete(over -> {
          if (last) {
            done.complete();
          } else if (pace == Pace.PING_PONG) {
            next(pace);
          } else {
            context.owner().setTimer(1, tick -> next(pace));
          }
        }, done::tryFail);
  }

  /** Rank 0: receives until the last one, and answers. */
  Future<Void> answer(Pace pace) {
    Promise<Void> heard = Promise.promise();
    if (pace == Pace.SILENT) {
      heard.complete();
    } else {
      context.runOnContext(now -> hear(pace, heard));
    }
    return heard.future();
  }

  private void hear(Pace pace, Promise<Void> heard) {
    world.recv(buffer, 1, TAG)
        .compose(came -> pace == Pace.PING_PONG ? world.send(buffer, 1, TAG) : Future.succeededFuture())
        .onComplete(done -> {
          if (message[0] == LAST) {
            heard.complete();
          } else {
            hear(pace, heard);
          }
        }, heard::tryFail);
  }
}
