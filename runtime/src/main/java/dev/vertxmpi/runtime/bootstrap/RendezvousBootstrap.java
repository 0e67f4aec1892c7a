package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;

/** Ranks that share no event bus meet at rank 0, which keeps the roster: see {@link RendezvousService}. */
public final class RendezvousBootstrap implements Bootstrap {

  /** The longest answer: some hundred bytes for each rank. */
  private static final int LONGEST_ANSWER = 256 * 1024 * 1024;

  private static final long RETRY_MILLIS = 200;

  /**
   * Where ranks meet.
   *
   * @param root host of rank 0
   * @param port at which rank 0 listens
   * @param size number of ranks
   * @param key of the job
   */
  public record Place(String root, int port, int size, byte[] key) {
  }

  private final Vertx vertx;
  private final Place place;
  private final Duration deadline;

  /**
   * Knows nothing yet.
   *
   * @param vertx of the rank
   * @param place where to meet
   * @param deadline how long to wait for the others
   */
  public RendezvousBootstrap(Vertx vertx, Place place, Duration deadline) {
    this.vertx = vertx;
    this.place = place;
    this.deadline = deadline;
  }

  @Override
  public Future<Places> join(ProcessId me, NodeAddress address) {
    Future<Void> open = me.rank() == 0
        ? RendezvousService.open(vertx, me.job(), place.size(), place.key(), place.port(), deadline)
        : Future.succeededFuture();
    return open.compose(met -> new Attempt(me, RosterMessages.join(me, place.size(), address).encode()).begin());
  }

  @Override
  public boolean sharesEventBus() {
    return false;
  }

  /** Asks until there is an answer or no time left. On a context of its own. */
  private final class Attempt {

    private final ProcessId me;
    private final String join;
    private final Promise<Places> promise = Promise.promise();
    private final NetClient client = vertx.createNetClient();
    private String trouble = "nobody listens there";

    Attempt(ProcessId me, String join) {
      this.me = me;
      this.join = join;
    }

    Future<Places> begin() {
      Context loop = Loops.detached(vertx);
      loop.runOnContext(now -> {
        long timer = vertx.setTimer(Math.max(1, deadline.toMillis()), late -> promise.tryFail(new MpiException(
            ErrorClass.TIMEOUT, "rank 0 has not told at " + place.root() + ":" + place.port() + " who is in the job,"
            + " within " + deadline.toMillis() + " ms: " + trouble)));
        promise.future().onComplete(outcome -> {
          vertx.cancelTimer(timer);
          client.close();
        });
        ask();
      });
      return promise.future();
    }

    private void ask() {
      if (promise.future().isComplete()) {
        return;
      }
      String host = me.rank() == 0 ? "127.0.0.1" : place.root();
      client.connect(place.port(), host).onSuccess(this::talk).onFailure(failure -> {
        trouble = String.valueOf(failure.getMessage());
        askAgain();
      });
    }

    private void askAgain() {
      if (!promise.future().isComplete()) {
        vertx.setTimer(RETRY_MILLIS, again -> ask());
      }
    }

    private void talk(NetSocket socket) {
      String own = RendezvousProof.challenge();
      socket.closeHandler(closed -> {
        trouble = "it closes the connection; is VERTX_MPI_KEY the same for all ranks, and the job's name?";
        askAgain();
      });
      String[] challenge = new String[1];
      socket.handler(RecordParser.newDelimited("\n").maxRecordSize(LONGEST_ANSWER)
          .exceptionHandler(tooLong -> socket.close())
          .handler(line -> {
            try {
              JsonObject said = new JsonObject(line);
              if (challenge[0] == null) {
                challenge[0] = said.getString("challenge", "");
                trouble = "some ranks have not come";
                socket.write(question(challenge[0], own));
              } else {
                take(socket, said, challenge[0], own);
              }
            } catch (DecodeException | ClassCastException malformed) {
              socket.close();
            }
          }));
    }

    private String question(String server, String own) {
      return new JsonObject().put("challenge", own).put("join", join)
          .put("proof", RendezvousProof.of(place.key(), "join", server, own, join)).encode() + "\n";
    }

    private void take(NetSocket socket, JsonObject said, String server, String own) {
      String text = said.getString("answer", "");
      if (!RendezvousProof.same(RendezvousProof.of(place.key(), "answer", server, own, text),
          said.getValue("proof"))) {
        socket.close();
        return;
      }
      try {
        promise.tryComplete(RosterMessages.answer(new JsonObject(text), me.job(), place.size()).places());
      } catch (MpiException e) {
        promise.tryFail(e);
      }
    }
  }
}
