package dev.vertxmpi.benchmarks.rank;

import static io.vertx.core.Future.await;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.Traffic;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What runs in the JVMs that are measured: takes commands from the driver, one line of JSON each, and answers each with
 * one. Between commands nothing goes on: the thread sleeps in a read, the event loops in their selectors.
 */
public final class BenchRank {

  private final Seats seats;

  private BenchRank(Seats seats) {
    this.seats = seats;
  }

  /**
   * Serves the driver until it hangs up.
   *
   * @param args {@link Settings} as text
   * @throws IOException where the driver cannot be reached
   */
  public static void main(String[] args) throws IOException {
    Settings settings = Settings.decode(args[0]);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(settings.socket()));
      BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8);
      serve(settings, in, out);
    }
  }

  private static void serve(Settings settings, BufferedReader in, Writer out) throws IOException {
    Seats seats;
    try {
      seats = settings.ranks() == 0 ? Seats.launched(settings.style(), settings.buffers())
          : Seats.deployed(settings.ranks(), settings.style(), settings.buffers());
    } catch (MpiException e) {
      tell(out, new JsonObject().put("error", e.getMessage()));
      System.exit(1);
      return;
    }
    BenchRank rank = new BenchRank(seats);
    tell(out, new JsonObject().put("ready", seats.all().getFirst().mpi().rank()));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      tell(out, rank.answer(new JsonObject(line)));
    }
    seats.close();
    // Whatever a measurement has left running must not keep the job alive.
    System.exit(0);
  }

  private static void tell(Writer out, JsonObject answer) throws IOException {
    out.write(answer.encode() + "\n");
    out.flush();
  }

  private JsonObject answer(JsonObject request) {
    if (request.containsKey("placement")) {
      double nanos = Placement.measure();
      return Double.isNaN(nanos) ? new JsonObject() : new JsonObject().put("placement", nanos);
    }
    Command command = Command.fromJson(request);
    Map<String, Long> before = frames();
    try {
      List<Future<JsonObject>> results = new ArrayList<>();
      seats.all().forEach(seat -> results.add(seat.measure(command)));
      JsonArray ranks = new JsonArray();
      await(Future.all(results)).<JsonObject>list().forEach(ranks::add);
      return new JsonObject().put("ranks", ranks).put("links", new JsonArray(used(before)));
    } catch (RuntimeException e) {
      return new JsonObject().put("error", String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Long> frames() {
    Map<String, Long> frames = new TreeMap<>();
    Traffic traffic = seats.traffic();
    traffic.links().forEach((name, counters) -> frames.put(name, counters.frames()));
    return frames;
  }

  /** The links that have carried something since then. */
  private List<String> used(Map<String, Long> before) {
    List<String> used = new ArrayList<>();
    frames().forEach((name, frames) -> {
      if (frames > before.getOrDefault(name, 0L)) {
        used.add(name);
      }
    });
    return used;
  }
}
