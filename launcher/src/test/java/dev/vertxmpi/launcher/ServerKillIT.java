package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One of three name servers is killed, as {@code kill -9} does. */
class ServerKillIT {

  private static final int NAMES = 100;
  /** A call may take that long just then: a wide bound, for busy machines. Without the cure it is for ever. */
  private static final Duration HICCUP = Duration.ofSeconds(30);

  @TempDir
  private Path temporary;

  private final ProcessId me = new ProcessId(UUID.randomUUID(), 0, 0);
  private final Vertx vertx = Vertx.vertx();
  private final List<String> addresses = new ArrayList<>();
  private ServerGroup servers;
  private NameService names;

  @BeforeEach
  void begin() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        addresses.add("127.0.0.1:" + free.getLocalPort());
      }
    }
    servers = new ServerGroup(temporary, addresses);
    for (String address : addresses) {
      servers.start(address, List.of());
    }
    names = NameServiceProvider.all().getFirst().global(vertx, addresses).orElseThrow();
  }

  @AfterEach
  void end() {
    settled(names.close());
    servers.close();
    settled(vertx.close());
  }

  private static <T> Future<T> settled(Future<T> future) {
    await().atMost(HICCUP).until(future::isComplete);
    return future;
  }

  private static <T> T get(Future<T> future) {
    if (settled(future).failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  /** All at once, and each must succeed at the first try. */
  private void publish(String prefix) {
    get(Future.join(IntStream.range(0, NAMES).mapToObj(i ->
        names.publish(prefix + i, "port of " + prefix + i, me, true)).toList()));
  }

  /** It leads the others, which must find a new one. */
  @Test
  void shouldLoseNothingAndGoOnWithoutTheFirst() {
    shouldLoseNothingAndGoOn(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @Tag("slow")
  void shouldLoseNothingAndGoOnWithoutAnother(int victim) {
    shouldLoseNothingAndGoOn(victim);
  }

  private void shouldLoseNothingAndGoOn(int victim) {
    // Until all three are one.
    await().atMost(HICCUP).until(() -> settled(names.publish("first", "port of first", me, false)).succeeded());
    publish("before");
    servers.kill(addresses.get(victim));
    long killed = System.nanoTime();
    List<Future<NameEntry>> found = IntStream.range(0, NAMES).mapToObj(i ->
        names.lookup("before" + i, Duration.ZERO)).toList();
    publish("after");
    get(Future.join(found));
    System.out.println("hiccup of " + (System.nanoTime() - killed) / 1_000_000 + " ms");

    TreeMap<String, String> ports = new TreeMap<>();
    List<NameEntry> all = get(names.list());
    all.forEach(entry -> ports.put(entry.service(), entry.port()));
    assertEquals(2 * NAMES + 1, all.size());
    assertEquals(2 * NAMES + 1, ports.size());
    assertTrue(ports.entrySet().stream().allMatch(entry -> entry.getValue().equals("port of " + entry.getKey())));
  }
}
