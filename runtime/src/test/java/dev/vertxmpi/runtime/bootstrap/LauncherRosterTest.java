package dev.vertxmpi.runtime.bootstrap;

import static dev.vertxmpi.runtime.comm.Waiting.all;
import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.bootstrap.LauncherRoster.Place;
import dev.vertxmpi.runtime.node.Farewells;
import dev.vertxmpi.runtime.node.Farewells.Farewell;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ranks and the roster of their launcher, over sockets. */
class LauncherRosterTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final UUID job = UUID.randomUUID();
  private final byte[] key = new byte[32];
  private final Set<Integer> joined = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private final Promise<Place> cluster = Promise.promise();
  private final List<LauncherLine> lines = new ArrayList<>();
  private final List<LauncherRoster> rosters = new ArrayList<>();

  @AfterEach
  void close() {
    lines.forEach(LauncherLine::close);
    rosters.forEach(LauncherRoster::close);
    await(vertx.close());
  }

  private LauncherRoster roster(int size) throws IOException {
    LauncherRoster roster = LauncherRoster.open(job, size, key, joined::add, () -> {
      asked.incrementAndGet();
      return cluster.future();
    });
    rosters.add(roster);
    return roster;
  }

  private static int port(LauncherRoster roster) {
    return Integer.parseInt(roster.address().substring("127.0.0.1:".length()));
  }

  private LauncherLine line(int port, byte[] with, Duration deadline) {
    LauncherLine line = LauncherLine.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), () -> with,
        deadline);
    lines.add(line);
    return line;
  }

  private Future<Places> join(LauncherLine line, int rank, int size, Duration deadline) {
    return line.bootstrap(vertx, size, deadline)
        .join(new ProcessId(job, rank, 0), new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:" + rank)));
  }

  private Future<Places> join(LauncherRoster roster, int rank, int size) {
    return join(line(port(roster), key, LONG), rank, size, LONG);
  }

  @Test
  void shouldMeetInAnyOrder() throws IOException {
    LauncherRoster roster = roster(20);
    List<Future<Places>> places = new ArrayList<>();
    for (int rank = 19; rank >= 0; rank--) {
      places.add(join(roster, rank, 20));
    }
    List<Places> met = all(places);
    assertEquals(1, met.stream().distinct().count());
    assertEquals("127.0.0.1:7", met.getFirst().addresses().get(7).endpoints().get("tcp"));
    Awaitility.await().until(() -> joined.size() == 20);
    assertEquals(0, asked.get(), "nobody needs a cluster to meet");
  }

  @Test
  void shouldAnswerOnTheContextOfTheCaller() throws IOException {
    LauncherRoster roster = roster(1);
    var context = vertx.getOrCreateContext();
    Promise<Object> where = Promise.promise();
    context.runOnContext(now -> join(roster, 0, 1).onComplete(met -> where.complete(Vertx.currentContext())));
    assertEquals(context, await(where.future()));
  }

  @Test
  void shouldNotLetInWhoDoesNotKnowTheKey() throws IOException {
    LauncherRoster roster = roster(1);
    byte[] wrong = new byte[32];
    wrong[0] = 1;
    failure(ErrorClass.OTHER, join(line(port(roster), wrong, LONG), 0, 1, LONG));
    assertTrue(joined.isEmpty());
    await(join(roster, 0, 1));
  }

  @Test
  void shouldNotBelieveALauncherThatDoesNotKnowTheKey() throws IOException {
    byte[] wrong = new byte[32];
    wrong[0] = 1;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Future<Places> rank = join(line(server.getLocalPort(), key, LONG), 0, 1, LONG);
      try (SealedLines forger = new SealedLines(server.accept(), wrong, true, 1 << 16)) {
        forger.greet();
        forger.send("{\"answer\":{\"places\":[]}}");
        MpiException failure = failure(ErrorClass.OTHER, rank);
        assertTrue(failure.reason().contains("not sealed"), failure::reason);
      }
    }
  }

  @Test
  void shouldNameWhoHasNotCome() throws IOException {
    LauncherRoster roster = roster(4);
    Future<Places> patient = join(roster, 2, 4);
    MpiException late = failure(ErrorClass.TIMEOUT, join(line(port(roster), key, LONG), 0, 4, Duration.ofMillis(500)));
    assertEquals("the ranks [1, 3] have not joined within 500 ms", late.reason());
    join(roster, 1, 4);
    join(roster, 3, 4);
    assertEquals(4, await(patient).group().size());
  }

  @Test
  void shouldRefuseARankThatIsTakenAndASizeThatDiffers() throws IOException {
    LauncherRoster roster = roster(3);
    Future<Places> one = join(roster, 1, 3);
    Awaitility.await().until(() -> joined.contains(1));
    failure(ErrorClass.RANK, join(roster, 1, 3));
    failure(ErrorClass.RANK, join(roster, 2, 4));
    join(roster, 0, 3);
    join(roster, 2, 3);
    await(one);
  }

  @Test
  void shouldGiveUpOnALauncherThatDoesNotListen() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Future<Places> rank = join(line(port, key, Duration.ofMillis(300)), 0, 1, LONG);
    failure(ErrorClass.OTHER, rank);
  }

  @Test
  void shouldPassOnWhoIsGone() throws IOException {
    LauncherRoster roster = roster(3);
    List<LauncherLine> ranks = new ArrayList<>();
    List<List<Object>> heard = new ArrayList<>();
    List<Future<Places>> places = new ArrayList<>();
    for (int rank = 0; rank < 3; rank++) {
      LauncherLine line = line(port(roster), key, LONG);
      List<Object> own = new ArrayList<>();
      await(line.hear(text -> {
        synchronized (own) {
          own.add(text);
        }
      }));
      ranks.add(line);
      heard.add(own);
      places.add(join(line, rank, 3, LONG));
    }
    all(places);
    ranks.get(1).tell("0");
    ranks.get(1).tell("2");
    for (int rank : new int[] {0, 2}) {
      Awaitility.await().until(() -> {
        synchronized (heard.get(rank)) {
          return heard.get(rank).equals(List.of("0", "2"));
        }
      });
    }
    assertTrue(heard.get(1).isEmpty());
  }

  private static Queue<Farewell> farewells(LauncherLine line) {
    Queue<Farewell> heard = new ConcurrentLinkedQueue<>();
    farewellsOf(line).hear(heard::add);
    return heard;
  }

  private static Farewells farewellsOf(LauncherLine line) {
    return line.bootstrap(null, 1, LONG).farewells().orElseThrow();
  }

  @Test
  void shouldPassOnFarewellsToAllAndBelieveThem() throws IOException {
    LauncherRoster roster = roster(3);
    List<LauncherLine> ranks = List.of(line(port(roster), key, LONG), line(port(roster), key, LONG),
        line(port(roster), key, LONG));
    all(List.of(join(ranks.get(0), 0, 3, LONG), join(ranks.get(1), 1, 3, LONG), join(ranks.get(2), 2, 3, LONG)));
    Queue<Farewell> early = farewells(ranks.get(0));
    Farewell farewell = new Farewell(new ProcessId(job, 2, 0), Set.of(NodeId.random(), NodeId.random()));
    await(farewellsOf(ranks.get(2)).say(farewell));
    Awaitility.await().until(() -> List.copyOf(early).equals(List.of(farewell)));
    // Who begins to listen later hears it too.
    Awaitility.await().until(() -> List.copyOf(farewells(ranks.get(1))).equals(List.of(farewell)));
    assertTrue(farewells(ranks.get(2)).isEmpty());
  }

  @Test
  void shouldNotPassOnAFarewellForAnother() throws IOException {
    LauncherRoster roster = roster(2);
    List<LauncherLine> ranks = List.of(line(port(roster), key, LONG), line(port(roster), key, LONG));
    all(List.of(join(ranks.get(0), 0, 2, LONG), join(ranks.get(1), 1, 2, LONG)));
    Queue<Farewell> heard = farewells(ranks.get(0));
    await(farewellsOf(ranks.get(1)).say(new Farewell(new ProcessId(job, 0, 0), Set.of())));
    Farewell own = new Farewell(new ProcessId(job, 1, 0), Set.of());
    await(farewellsOf(ranks.get(1)).say(own));
    Awaitility.await().until(() -> List.copyOf(heard).equals(List.of(own)));
  }

  @Test
  void shouldTellOfTheEndOfOneThatHasNotLeft() throws IOException {
    LauncherRoster roster = roster(3);
    List<LauncherLine> ranks = List.of(line(port(roster), key, LONG), line(port(roster), key, LONG),
        line(port(roster), key, LONG));
    all(List.of(join(ranks.get(0), 0, 3, LONG), join(ranks.get(1), 1, 3, LONG), join(ranks.get(2), 2, 3, LONG)));
    Queue<Object> gone = new ConcurrentLinkedQueue<>();
    await(ranks.get(0).hear(gone::add));
    await(farewellsOf(ranks.get(1)).say(new Farewell(new ProcessId(job, 1, 0), Set.of())));
    ranks.get(1).close();
    ranks.get(2).close();
    Awaitility.await().until(() -> List.copyOf(gone).equals(List.of(new ProcessId(job, 2, 0).toString())));
  }

  @Test
  void shouldNotWaitForALauncherThatIsGoneWithAFarewell() throws IOException {
    LauncherRoster roster = roster(2);
    LauncherLine line = line(port(roster), key, LONG);
    join(line, 0, 2, LONG);
    Awaitility.await().until(() -> joined.contains(0));
    roster.close();
    await(farewellsOf(line).say(new Farewell(new ProcessId(job, 0, 0), Set.of())));
  }

  @Test
  void shouldGiveTheClusterToWhoAsks() throws IOException {
    LauncherLine line = line(port(roster(1)), key, LONG);
    Future<Place> first = line.cluster();
    Awaitility.await().until(() -> asked.get() == 1);
    Future<Place> second = line.cluster();
    assertFalse(first.isComplete());
    cluster.complete(new Place("name", "127.0.0.1:1"));
    assertEquals(new Place("name", "127.0.0.1:1"), await(first));
    assertEquals(await(first), await(second));
    assertEquals(1, asked.get());
  }

  @Test
  void shouldSayWhyThereIsNoCluster() throws IOException {
    LauncherLine line = line(port(roster(1)), key, LONG);
    cluster.fail("no port is free");
    assertTrue(failure(ErrorClass.SERVICE, line.cluster()).reason().contains("no port is free"));
  }

  @Test
  void shouldSettleWhatWaitsWhenTheLauncherGoes() throws IOException {
    LauncherRoster roster = roster(2);
    LauncherLine line = line(port(roster), key, LONG);
    Future<Places> rank = join(line, 0, 2, LONG);
    Awaitility.await().until(() -> joined.contains(0));
    Future<Place> place = line.cluster();
    Awaitility.await().until(() -> asked.get() == 1);
    roster.close();
    failure(ErrorClass.OTHER, rank);
    failure(ErrorClass.OTHER, place);
    failure(ErrorClass.SERVICE, line.cluster());
  }

  @Test
  void shouldSettleWhatWaitsWhenTheRankGoes() throws IOException {
    LauncherLine line = line(port(roster(2)), key, LONG);
    Future<Places> rank = join(line, 0, 2, LONG);
    Awaitility.await().until(() -> joined.contains(0));
    line.close();
    failure(ErrorClass.OTHER, rank);
  }

  @Test
  void shouldCloseOnNonsense() throws IOException {
    LauncherRoster roster = roster(1);
    Random random = new Random(42);
    for (int attempt = 0; attempt < 200; attempt++) {
      byte[] nonsense = new byte[1 + random.nextInt(300)];
      random.nextBytes(nonsense);
      try (Socket socket = new Socket("127.0.0.1", port(roster))) {
        socket.getOutputStream().write("00112233445566778899aabbccddeeff\n".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(nonsense);
        socket.getOutputStream().write('\n');
        socket.setSoTimeout(20_000);
        while (socket.getInputStream().read() >= 0) {
          // Its challenge.
          continue;
        }
      } catch (SocketException reset) {
        // Closed before all was read.
        continue;
      }
    }
    assertTrue(joined.isEmpty());
    await(join(roster, 0, 1));
  }
}
