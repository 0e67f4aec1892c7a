package dev.vertxmpi.runtime.faults;

import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.ClusterProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The process that dies. It says {@code ready}, reads one order and plays until it is killed.
 *
 * <pre>
 *   order   {link, host, failure, round, seed, job, survivor: {node}}    plays in the job of the survivor
 *           {link, host, failure, round, seed, port}                     connects to a port
 *   says    ready
 *           node {...}                                                   where it is
 *           verdict REASON                                               when it was declared dead
 *           settled {outcomes: {CLASS: count, ...}, messages: {CLASS: last, ...}}      when nothing is under way
 * </pre>
 */
public final class Victim {

  private final JsonObject order;
  private final Tally tally = new Tally();

  private Victim(JsonObject order) {
    this.order = order;
  }

  /**
   * Runs it.
   *
   * @param args name of a cluster and a member of it, or nothing
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Vertx vertx = args.length == 0 ? Vertx.vertx()
        : ClusterProvider.get().join(args[0], "127.0.0.1", 0, List.of(args[1])).await().vertx();
    say("ready");
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = orders.readLine();
    if (line == null) {
      System.exit(0);
    }
    Thread.ofPlatform().daemon().start(() -> exitWithParent(orders));
    new Victim(new JsonObject(line)).play(vertx);
  }

  private static void exitWithParent(BufferedReader orders) {
    try {
      while (orders.readLine() != null) {
        say("one order is enough");
      }
    } catch (IOException e) {
      say("standard input is broken");
    }
    System.exit(0);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private void play(Vertx vertx) throws InterruptedException {
    int round = order.getInteger("round");
    MpiOptions options = Player.options(order.getString("link"), order.getString("host"),
        order.getLong("failure"));
    if (order.containsKey("port")) {
      connect(vertx, options);
      return;
    }
    UUID job = UUID.fromString(order.getString("job"));
    Player me = Player.open(vertx, options, job).await();
    Rank rank = me.rank(Player.victim(job, round));
    ProcessId survivor = Player.survivor(job, round);
    me.node.introduce(survivor, NodeAddress.fromJson(order.getJsonObject("survivor")));
    say("node " + me.node.address().toJson().encode());
    me.node.watch(gone -> me.node.verdict().filter(why -> gone.process().equals(rank.id()))
        .ifPresent(why -> say("verdict " + why.reason())));
    Game.play(Player.world(rank, survivor, rank.id()), order.getLong("seed"), tally);
    report();
  }

  private void connect(Vertx vertx, MpiOptions options) throws InterruptedException {
    UUID job = UUID.randomUUID();
    Player me = Player.open(vertx, options, job).await();
    Rank rank = me.rank(new ProcessId(job, 0, 0));
    say("node " + me.node.address().toJson().encode());
    tally.track(Player.world(rank, rank.id()).connect(Port.parse(order.getString("port"))))
        .onSuccess(connection -> Game.play(connection, false, order.getLong("seed"), tally));
    report();
  }

  /** Only a victim that is told that it is dead comes to the end. */
  private void report() throws InterruptedException {
    tally.awaitEnd();
    say("settled " + JsonObject.of("outcomes", tally.outcomes(), "messages", tally.messages()).encode());
  }
}
