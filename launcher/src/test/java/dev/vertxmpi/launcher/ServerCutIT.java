package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.launcher.programs.Publisher;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.faults.Cable;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network between name servers is cut, and mended. Each side has a publisher, which knows all servers. */
class ServerCutIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String THERE = Cable.THERE + ":5690";
  private static final List<String> HERE = List.of(Cable.HERE + ":5690", Cable.HERE + ":5691");

  @TempDir
  private Path temporary;

  private final ProcessId me = new ProcessId(UUID.randomUUID(), 0, 0);
  private final Vertx vertx = Vertx.vertx();
  private Cable cable;
  private ServerGroup servers;
  private NameService names;
  private CommandProcess publisher;

  @BeforeEach
  void lay() {
    cable = new Cable();
  }

  @AfterEach
  void end() {
    if (publisher != null) {
      publisher.close();
    }
    if (servers != null) {
      servers.close();
    }
    if (cable != null) {
      cable.close();
    }
    if (names != null) {
      settled(names.close());
    }
    settled(vertx.close());
  }

  private void begin(List<String> addresses) throws IOException {
    servers = new ServerGroup(temporary, addresses);
    for (String address : addresses) {
      servers.start(address, address.equals(THERE) ? cable.atTheOtherEnd() : List.of());
    }
    names = NameServiceProvider.all().getFirst().global(vertx, addresses).orElseThrow();
    await().atMost(LIMIT).until(() -> settled(names.publish("here", "here", me, false)).succeeded());
    publisher = CommandProcess.java(temporary, Map.of(), cable.atTheOtherEnd(), Publisher.class, Cable.THERE,
        String.join(",", addresses));
    publisher.awaitOut("ready", 1);
  }

  private static <T> Future<T> settled(Future<T> future) {
    await().atMost(LIMIT).until(future::isComplete);
    return future;
  }

  private static <T> T get(Future<T> future) {
    if (settled(future).failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  private static String text(NameEntry entry) {
    return entry.service() + "=" + (entry.port().length() > 20 ? "port" : entry.port());
  }

  private boolean saidThere(String part) {
    return publisher.out().stream().anyMatch(line -> line.startsWith(part));
  }

  private String saysThere(String order, String part) throws IOException {
    publisher.say(order);
    publisher.awaitOut(part, 1);
    return publisher.out().stream().filter(line -> line.startsWith(part)).findFirst().orElseThrow();
  }

  private String listThere() throws IOException {
    int before = publisher.out().size();
    publisher.say("list");
    await().atMost(LIMIT).until(() -> publisher.out().stream().skip(before).anyMatch(line -> line.startsWith("list")));
    return publisher.out().stream().skip(before).filter(line -> line.startsWith("list")).findFirst().orElseThrow();
  }

  /** The first server leads the others, which must find a new one. */
  @Test
  void shouldLetNoMoreThanOneSidePublishANameWhereTheFirstServerIsCutOff() throws IOException {
    shouldLetNoMoreThanOneSidePublishAName(List.of(THERE, HERE.get(0), HERE.get(1)));
  }

  @Test
  @Tag("slow")
  void shouldLetNoMoreThanOneSidePublishANameWhereTheLastServerIsCutOff() throws IOException {
    shouldLetNoMoreThanOneSidePublishAName(List.of(HERE.get(0), HERE.get(1), THERE));
  }

  private void shouldLetNoMoreThanOneSidePublishAName(List<String> addresses) throws IOException {
    begin(addresses);
    saysThere("publish there", "publish there: ");
    cable.cut();
    // Within these seconds both sides believe that they are all three.
    List<String> contested = IntStream.range(0, 20).mapToObj(i -> "contested" + i).toList();
    publisher.say("publish " + String.join(" ", contested));
    List<Future<Void>> here = contested.stream().map(name -> names.publish(name, "here", me, true)).toList();
    settled(Future.join(here));
    await().atMost(LIMIT).until(() -> contested.stream().allMatch(name -> saidThere("publish " + name + ":")
        || saidThere("publish " + name + " failed:")));
    System.out.println(here.stream().filter(Future::succeeded).count() + " of " + contested.size()
        + " published here at once; there: " + publisher.out());
    for (int i = 0; i < contested.size(); i++) {
      assertTrue(here.get(i).failed() || !saidThere("publish " + contested.get(i) + ":"), contested.get(i));
    }

    String refusal = saysThere("publish refused", "publish refused failed: ");
    assertTrue(refusal.contains(ErrorClass.SERVICE + " too few name servers see each other"), refusal);
    for (String name : contested) {
      if (!saidThere("publish " + name + ":")) {
        await().atMost(LIMIT).until(() -> settled(names.publish(name, "here", me, false)).succeeded());
      }
    }
    get(names.publish("refused", "here", me, true));

    cable.mend();
    String all = "list: " + String.join(",", contested.stream().sorted().map(name -> name
        + (saidThere("publish " + name + ":") ? "=there" : "=here")).toList())
        + ",here=here,refused=here,there=there";
    await().atMost(LIMIT).untilAsserted(() -> assertEquals(all, listThere()));
    await().atMost(LIMIT).untilAsserted(() -> assertEquals(all,
        "list: " + String.join(",", get(names.list()).stream().map(ServerCutIT::text).toList())));
  }

  private Mpi mpi(List<String> addresses) {
    return get(Mpi.init(vertx, new MpiOptions().setHost(Cable.HERE).setNameServers(addresses)));
  }

  private static MpiException failure(Future<?> future) {
    assertTrue(settled(future).failed());
    return MpiException.of(future.cause());
  }

  @Test
  void shouldCloseThePortOfWhomItsServersForgot() throws IOException {
    begin(List.of(HERE.get(0), HERE.get(1), THERE));
    Port lost = Port.parse(saysThere("open orders", "open orders: ").substring("open orders: ".length()));
    Mpi mpi = mpi(List.of(HERE.get(0), HERE.get(1), THERE));
    Port winner = get(mpi.openPort(new PortOptions()));
    cable.cut();
    NameOptions unique = new NameOptions().setScope(Scope.GLOBAL).setUnique(true);
    await().atMost(LIMIT).until(() -> settled(mpi.publish("orders", winner, unique)).succeeded());
    cable.mend();
    shouldTellTheLoserThere(mpi, lost);
    assertEquals(winner, get(mpi.lookup("orders", new LookupOptions())));
    get(mpi.close());
  }

  private void shouldTellTheLoserThere(Mpi mpi, Port lost) {
    publisher.awaitOut("told " + ErrorClass.PORT + " the port was closed, because its name 'orders' ", 1);
    MpiException refused = failure(mpi.world().connect(lost));
    assertEquals(ErrorClass.PORT, refused.errorClass(), refused::getMessage);
  }

  /** Two servers are for availability alone. What both sides published is one in the end, and one of the two knows. */
  @Test
  void shouldGoOnAtBothSidesOfTwoServersAndTellTheLoser() throws IOException {
    begin(List.of(HERE.get(0), THERE));
    Mpi mpi = mpi(List.of(HERE.get(0), THERE));
    Port here = get(mpi.openPort(new PortOptions()));
    AtomicReference<MpiException> told = new AtomicReference<>();
    mpi.world().acceptor(here).exceptionHandler(failure -> told.set(MpiException.of(failure))).handler(client -> { });
    cable.cut();
    NameOptions unique = new NameOptions().setScope(Scope.GLOBAL).setUnique(true);
    Port there = Port.parse(saysThere("open orders", "open orders: ").substring("open orders: ".length()));
    await().atMost(LIMIT).until(() -> settled(mpi.publish("orders", here, unique)).succeeded());
    cable.mend();
    await().atMost(LIMIT).until(() -> told.get() != null || saidThere("told "));
    Port found = get(mpi.lookup("orders", new LookupOptions()));
    if (told.get() == null) {
      assertEquals(here, found);
      shouldTellTheLoserThere(mpi, there);
    } else {
      assertEquals(there, found);
      assertEquals(ErrorClass.PORT, told.get().errorClass());
      assertFalse(saidThere("told "));
    }
    get(mpi.close());
  }
}
