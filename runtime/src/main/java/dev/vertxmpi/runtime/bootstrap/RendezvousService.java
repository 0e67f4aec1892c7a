package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The roster of a job whose ranks have nothing in common but a key and the address of rank 0, which keeps it. Lines of
 * JSON:
 *
 * <pre>
 *   rank 0                                                       another rank (rank 0 too)
 *     | -- {"challenge": s} --------------------------------------> |
 *     | &lt;- {"challenge": c, "join": "{...}", "proof": of both} ---- |   see {@link RosterMessages}
 *     |    (until all have joined)                                  |
 *     | -- {"answer": "{...}", "proof": of both} -----------------> |   closes the connection
 * </pre>
 *
 * <p>Who proves nothing is not answered. It ends when all have their answer, or when time is up.
 */
final class RendezvousService {

  /** The longest question: names of links and addresses. */
  private static final int LONGEST_JOIN = 64 * 1024;

  /** How long a connection may say nothing. */
  private static final long SILENCE_MILLIS = 10_000;

  private record Asker(String challenge, String question) {
  }

  private final Vertx vertx;
  private final byte[] key;
  private final Roster roster;
  private final Map<NetSocket, Asker> waiting = new LinkedHashMap<>();
  private NetServer server;
  private int answered;

  private RendezvousService(Vertx vertx, UUID job, int size, byte[] key) {
    this.vertx = vertx;
    this.key = key;
    this.roster = new Roster(job, size);
  }

  /** Begins at a port of all addresses of this host; settles when ranks can come. */
  static Future<Void> open(Vertx vertx, UUID job, int size, byte[] key, int port, Duration deadline) {
    RendezvousService service = new RendezvousService(vertx, job, size, key);
    Context loop = Loops.detached(vertx);
    Promise<Void> promise = Promise.promise();
    loop.runOnContext(begin -> {
      service.server = vertx.createNetServer(new NetServerOptions().setReuseAddress(true))
          .connectHandler(service::welcome);
      service.server.listen(port, "0.0.0.0").<Void>mapEmpty()
          .recover(failure -> Future.failedFuture(new MpiException(ErrorClass.OTHER, "rank 0 cannot be met at port "
              + port + ", set another one by VERTX_MPI_PORT: " + failure.getMessage(), failure)))
          .onSuccess(listening -> vertx.setTimer(Math.max(1, deadline.toMillis()), late -> service.server.close()))
          .onComplete(promise);
    });
    return promise.future();
  }

  private void welcome(NetSocket socket) {
    String challenge = RendezvousProof.challenge();
    long timer = vertx.setTimer(SILENCE_MILLIS, silent -> socket.close());
    socket.closeHandler(gone -> {
      vertx.cancelTimer(timer);
      waiting.remove(socket);
    });
    socket.handler(RecordParser.newDelimited("\n").maxRecordSize(LONGEST_JOIN)
        .exceptionHandler(tooLong -> socket.close())
        .handler(line -> {
          vertx.cancelTimer(timer);
          asked(socket, challenge, line.toString());
        }));
    socket.write(new JsonObject().put("challenge", challenge).encode() + "\n");
  }

  private void asked(NetSocket socket, String challenge, String line) {
    try {
      JsonObject said = new JsonObject(line);
      if (waiting.containsKey(socket) || !(said.getValue("challenge") instanceof String question)
          || !(said.getValue("join") instanceof String join) || !RendezvousProof.same(
              RendezvousProof.of(key, "join", challenge, question, join), said.getValue("proof"))) {
        socket.close();
        return;
      }
      Asker asker = new Asker(challenge, question);
      try {
        RosterMessages.enter(new JsonObject(join), roster, rank -> { });
      } catch (MpiException e) {
        answer(socket, asker, RosterMessages.error(e.reason()));
        return;
      }
      waiting.put(socket, asker);
    } catch (DecodeException | IllegalArgumentException e) {
      socket.close();
      return;
    }
    if (roster.isComplete()) {
      JsonObject places = RosterMessages.places(roster);
      Map.copyOf(waiting).forEach((asking, asker) -> answer(asking, asker, places)
          .onSuccess(written -> oneMoreAnswered()));
      waiting.clear();
    }
  }

  private Future<Void> answer(NetSocket socket, Asker asker, JsonObject answer) {
    String text = answer.encode();
    return socket.end(Buffer.buffer(new JsonObject().put("answer", text)
        .put("proof", RendezvousProof.of(key, "answer", asker.challenge(), asker.question(), text)).encode() + "\n"));
  }

  private void oneMoreAnswered() {
    if (++answered >= roster.size()) {
      server.close();
    }
  }
}
