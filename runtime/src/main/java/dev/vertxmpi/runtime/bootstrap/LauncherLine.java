package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Farewells;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A rank's line to the roster of its launcher: see {@link LauncherRoster}. It needs no {@code Vertx}. Thread-safe. */
public final class LauncherLine implements Grapevine {

  /** The longest line of the launcher: some hundred bytes for each rank. */
  private static final int LONGEST = 256 * 1024 * 1024;

  private static final int CONNECT_MILLIS = 5_000;
  private static final int RETRY_MILLIS = 100;

  private final InetSocketAddress launcher;
  private final Supplier<byte[]> key;
  private final long limit;
  private final Promise<SealedLines> lines = Promise.promise();
  private final Set<Consumer<Object>> listeners = ConcurrentHashMap.newKeySet();
  private final ClusterQuestion cluster = new ClusterQuestion();
  private final LauncherFarewells farewells = new LauncherFarewells(this::say);
  private volatile JoinQuestion join;
  /** Why nothing more can be asked; null as long as it can. */
  private volatile MpiException ended;

  private LauncherLine(InetSocketAddress launcher, Supplier<byte[]> key, Duration deadline) {
    this.launcher = launcher;
    this.key = key;
    this.limit = System.nanoTime() + deadline.toNanos();
  }

  /**
   * Connects, in the background.
   *
   * @param launcher loopback address, resolved
   * @param key gives the secret of the job; may block
   * @param deadline how long to try
   * @return the line, at once; what goes wrong fails what is asked of it
   */
  public static LauncherLine open(InetSocketAddress launcher, Supplier<byte[]> key, Duration deadline) {
    LauncherLine line = new LauncherLine(launcher, key, deadline);
    SealedLines.thread("vertx-mpi launcher line", line::run);
    return line;
  }

  private void run() {
    MpiException end = new MpiException(ErrorClass.OTHER, "the launcher has closed its connection to this rank");
    try (SealedLines talk = connect()) {
      if (!lines.tryComplete(talk)) {
        return;
      }
      for (String text = talk.read(); text != null; text = talk.read()) {
        take(new JsonObject(text));
      }
    } catch (MpiException e) {
      end = e;
    } catch (IOException | RuntimeException e) {
      end = new MpiException(ErrorClass.OTHER, "the connection to the launcher at " + launcher.getAddress()
          .getHostAddress() + ":" + launcher.getPort() + " has failed: " + e.getMessage(), e);
    }
    fail(end);
  }

  private SealedLines connect() throws IOException {
    byte[] secret = key.get();
    while (true) {
      Socket socket = new Socket();
      try {
        socket.connect(launcher, CONNECT_MILLIS);
        return greeted(new SealedLines(socket, secret, false, LONGEST));
      } catch (IOException e) {
        socket.close();
        if (ended != null || System.nanoTime() - limit > 0) {
          throw e;
        }
        pause();
      }
    }
  }

  private static SealedLines greeted(SealedLines talk) throws IOException {
    try {
      talk.patience(CONNECT_MILLIS);
      talk.greet();
      talk.patience(0);
      // Who does not show at once that it knows the secret is not waited for; joining a cluster first takes long.
      talk.send(new JsonObject().put("hello", true).encode());
      return talk;
    } catch (IOException e) {
      talk.close();
      throw e;
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void take(JsonObject said) {
    JoinQuestion joining = join;
    if (said.getValue("gone") instanceof String gone) {
      listeners.forEach(listener -> listener.accept(gone));
    } else if (said.getValue("answer") instanceof JsonObject answer && joining != null) {
      joining.take(answer);
    } else if (said.getValue("cluster") instanceof JsonObject place) {
      cluster.take(place);
    } else if (said.containsKey(LauncherFarewells.LEFT)) {
      farewells.take(said);
    }
  }

  /** Says something, as soon as there is a connection. */
  private void say(JsonObject words) {
    lines.future().onSuccess(talk -> talk.send(words.encode()));
  }

  /** Whoever waits, waits no more. */
  private void fail(MpiException why) {
    ended = why;
    lines.tryFail(why);
    cluster.fail(why);
    farewells.end();
    JoinQuestion joining = join;
    if (joining != null) {
      joining.fail(why);
    }
  }

  /**
   * The bootstrap at the launcher's roster.
   *
   * @param vertx of the rank
   * @param ranks number of ranks
   * @param deadline how long to wait for the others
   * @return for the rank of this process
   */
  public Bootstrap bootstrap(Vertx vertx, int ranks, Duration deadline) {
    return new Bootstrap() {
      @Override
      public Future<Places> join(ProcessId process, NodeAddress address) {
        return LauncherLine.this.join(vertx.getOrCreateContext(), process, ranks, address, deadline.toMillis());
      }

      @Override
      public Optional<Grapevine> grapevine() {
        return Optional.of(LauncherLine.this);
      }

      @Override
      public Optional<Farewells> farewells() {
        return Optional.of(farewells);
      }
    };
  }

  private Future<Places> join(Context caller, ProcessId process, int ranks, NodeAddress address, long millis) {
    JoinQuestion question = new JoinQuestion(caller, process, ranks, millis);
    join = question;
    Future<Places> places = question.ask(address, this::say);
    MpiException over = ended;
    if (over != null) {
      question.fail(over);
    }
    return places;
  }

  /**
   * Asks for the job's cluster. The launcher begins it with the first question.
   *
   * @return where to join, on any thread; {@link ErrorClass#SERVICE} where the launcher cannot begin it
   */
  public Future<LauncherRoster.Place> cluster() {
    return cluster.ask(() -> say(new JsonObject().put("cluster", true)));
  }

  @Override
  public void tell(String gone) {
    say(new JsonObject().put("gone", gone));
  }

  @Override
  public Future<Supplier<Future<Void>>> hear(Consumer<Object> listener) {
    listeners.add(listener);
    return Future.succeededFuture(() -> {
      listeners.remove(listener);
      return Future.succeededFuture();
    });
  }

  /** Hangs up. */
  public void close() {
    fail(new MpiException(ErrorClass.OTHER, "this rank has hung up on its launcher"));
    if (lines.future().succeeded()) {
      lines.future().result().close();
    }
  }
}
