package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.MpiException;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * The roster of a job, at a loopback port of its launcher. It needs no {@code Vertx}, so that the launcher has started
 * in no time. What is said, each line sealed by the secret of the job:
 *
 * <pre>
 *   rank                                  launcher
 *     | -- {"hello": true} ------------->   |    at once, as a proof
 *     | -- {"join": {...}} -------------->  |    see {@link RosterMessages}
 *     |                                     |    (until all have joined)
 *     | &lt;- {"answer": {...}} ------------   |
 *     | -- {"missing": true} ------------>  |    who waited too long
 *     | &lt;- {"answer": {"missing": [...]}}   |
 *     | -- {"cluster": true} ------------>  |    on the first use of names, sets or the event bus
 *     |                                     |    (until the launcher's member is there)
 *     | &lt;- {"cluster": {"name", "member"}}  |    or {"error": why}
 *     | -- {"gone": process} ------------>  |    passed on to all others, and so is the end of a connection of one
 *     |                                     |    that had joined and not left
 *     | -- {"left": process, "told": ...}   |    passed on to all others, see {@link LauncherFarewells}
 *     | &lt;- {"left": true} ---------------   |    when it was
 * </pre>
 */
public final class LauncherRoster implements AutoCloseable {

  /** The longest line of a rank: names of links and addresses. */
  private static final int LONGEST = 64 * 1024;

  /** And the name of each node in a farewell. */
  private static final int NODE = 40;

  /** How long who has just connected may say nothing. */
  private static final int SILENCE_MILLIS = 10_000;

  private static final int BACKLOG = 1024;
  private static final String ANSWER = "answer";

  /**
   * The job's cluster, seen from a rank.
   *
   * @param name of the cluster
   * @param member host:port to join at
   */
  public record Place(String name, String member) {
  }

  private final ServerSocket server;
  private final byte[] key;
  private final Roster roster;
  private final IntConsumer joined;
  private final Supplier<Future<Place>> cluster;
  private final Set<Talk> open = ConcurrentHashMap.newKeySet();
  /** Those that joined and have no answer yet; guarded by the roster. */
  private final Set<Talk> waiting = new HashSet<>();

  private LauncherRoster(ServerSocket server, byte[] key, Roster roster, IntConsumer joined,
      Supplier<Future<Place>> cluster) {
    this.server = server;
    this.key = key;
    this.roster = roster;
    this.joined = joined;
    this.cluster = cluster;
  }

  /**
   * Begins.
   *
   * @param job the job
   * @param size number of ranks
   * @param key the secret of the job
   * @param joined told of each rank that has joined, once, on any thread
   * @param cluster gives the job's cluster, begun by the first call
   * @return the roster; ranks can join
   * @throws IOException where no port of the loopback is free
   */
  public static LauncherRoster open(UUID job, int size, byte[] key, IntConsumer joined,
      Supplier<Future<Place>> cluster) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    LauncherRoster opened = new LauncherRoster(server, key.clone(), new Roster(job, size), joined, cluster);
    SealedLines.thread("vertx-mpi roster", opened::accept);
    return opened;
  }

  /**
   * Where ranks come.
   *
   * @return host:port
   */
  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        SealedLines.thread("vertx-mpi roster reader", () -> serve(socket));
      }
    } catch (IOException e) {
      // Closed. Who waits for an answer goes with it.
      close();
    }
  }

  private void serve(Socket socket) {
    try (socket; SealedLines lines = new SealedLines(socket, key, true, LONGEST + NODE * roster.size())) {
      Talk talk = new Talk(lines);
      open.add(talk);
      try {
        if (!server.isClosed()) {
          talk.run();
        }
      } finally {
        open.remove(talk);
        talk.ended();
      }
    } catch (IOException | DecodeException | IllegalArgumentException | ClassCastException e) {
      // Not one of us, or one that has gone: its process says more.
      System.getLogger("dev.vertxmpi.runtime").log(System.Logger.Level.DEBUG, "a connection to the roster ends", e);
    }
  }

  /** With one rank. For one thread, but for {@link #say}. */
  private final class Talk {

    private final SealedLines lines;
    /** The process that has joined, as text; null until then, and when it has left. */
    private String process;

    Talk(SealedLines lines) {
      this.lines = lines;
    }

    void run() throws IOException {
      lines.patience(SILENCE_MILLIS);
      lines.greet();
      for (String text = lines.read(); text != null; text = lines.read()) {
        lines.patience(0);
        take(new JsonObject(text));
      }
    }

    private void take(JsonObject said) {
      if (said.getValue("join") instanceof JsonObject join) {
        join(join);
      } else if (said.getValue("gone") instanceof String gone) {
        sayGone(gone);
      } else if (said.getValue(LauncherFarewells.LEFT) instanceof String left) {
        // None can say it for another.
        if (left.equals(process)) {
          process = null;
          tellOthers(said);
        }
        say(LauncherFarewells.LEFT, true);
      } else if (said.containsKey("cluster")) {
        cluster.get().onSuccess(place -> say("cluster",
            new JsonObject().put("name", place.name()).put("member", place.member())))
            .onFailure(failure -> say("cluster", new JsonObject().put("error", String.valueOf(failure.getMessage()))));
      } else if (said.containsKey("missing")) {
        synchronized (roster) {
          say(ANSWER, RosterMessages.missing(roster));
        }
      } else if (!said.containsKey("hello")) {
        throw new IllegalArgumentException("a rank says what no rank says");
      }
    }

    private void join(JsonObject join) {
      int[] news = {-1};
      synchronized (roster) {
        try {
          RosterMessages.enter(join, roster, rank -> news[0] = rank);
        } catch (MpiException e) {
          say(ANSWER, RosterMessages.error(e.reason()));
          return;
        }
        process = RosterMessages.who(join);
        waiting.add(this);
        if (roster.isComplete()) {
          JsonObject places = RosterMessages.places(roster);
          waiting.forEach(asker -> asker.say(ANSWER, places));
          waiting.clear();
        }
      }
      if (news[0] >= 0) {
        joined.accept(news[0]);
      }
    }

    private void sayGone(String gone) {
      tellOthers(new JsonObject().put("gone", gone));
    }

    private void tellOthers(JsonObject words) {
      String text = words.encode();
      open.stream().filter(other -> !other.equals(this)).forEach(other -> other.lines.send(text));
    }

    void say(String word, Object more) {
      lines.send(new JsonObject().put(word, more).encode());
    }

    void ended() {
      synchronized (roster) {
        waiting.remove(this);
      }
      if (process != null && !server.isClosed()) {
        sayGone(process);
      }
    }
  }

  /** Ends, with all connections. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      System.getLogger("dev.vertxmpi.runtime").log(System.Logger.Level.DEBUG, "while closing the roster", e);
    }
    open.forEach(talk -> talk.lines.close());
  }
}
