package dev.vertxmpi.runtime.bootstrap;

import static dev.vertxmpi.runtime.comm.Waiting.all;
import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ranks that have a key and an address in common, and nothing else. */
class RendezvousTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final UUID job = UUID.randomUUID();
  private final byte[] key = new byte[32];
  private final int port = freePort();

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private Future<Places> join(int rank, int size, byte[] with, Duration deadline) {
    return new RendezvousBootstrap(vertx, new RendezvousBootstrap.Place("127.0.0.1", port, size, with), deadline)
        .join(new ProcessId(job, rank, 0), new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:" + rank)));
  }

  @Test
  void shouldMeetInAnyOrder() {
    List<Future<Places>> places = new ArrayList<>();
    for (int rank = 19; rank >= 0; rank--) {
      places.add(join(rank, 20, key, LONG));
    }
    List<Places> met = all(places);
    assertEquals(1, met.stream().distinct().count());
    assertEquals(20, met.getFirst().group().size());
    assertEquals("127.0.0.1:7", met.getFirst().addresses().get(7).endpoints().get("tcp"));
    // Nobody listens any more.
    Awaitility.await().until(() -> {
      try (ServerSocket again = new ServerSocket(port)) {
        return again.isBound();
      } catch (IOException e) {
        return false;
      }
    });
  }

  @Test
  void shouldNotLetInWhoDoesNotKnowTheKey() {
    byte[] wrong = new byte[32];
    wrong[0] = 1;
    Future<Places> root = join(0, 2, key, LONG);
    MpiException refused = failure(ErrorClass.TIMEOUT, join(1, 2, wrong, Duration.ofMillis(700)));
    assertTrue(refused.reason().contains("VERTX_MPI_KEY"), refused::reason);
    assertEquals(2, await(join(1, 2, key, LONG)).group().size());
    await(root);
  }

  @Test
  void shouldNotBelieveARootThatDoesNotKnowTheKey() {
    byte[] wrong = new byte[32];
    wrong[0] = 1;
    Future<Places> root = join(0, 2, wrong, Duration.ofMillis(900));
    failure(ErrorClass.TIMEOUT, join(1, 2, key, Duration.ofMillis(700)));
    failure(ErrorClass.TIMEOUT, root);
  }

  @Test
  void shouldSayThatNobodyListens() {
    MpiException alone = failure(ErrorClass.TIMEOUT, join(1, 2, key, Duration.ofMillis(300)));
    assertTrue(alone.reason().startsWith("rank 0 has not told at 127.0.0.1:" + port), alone::reason);
  }

  @Test
  void shouldSayThatThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(port)) {
      assertTrue(taken.isBound());
      MpiException failure = failure(ErrorClass.OTHER, join(0, 2, key, LONG));
      assertTrue(failure.reason().contains("VERTX_MPI_PORT"), failure::reason);
    }
  }

  @Test
  void shouldRefuseARankThatIsTakenAndASizeThatDiffers() {
    Future<Places> root = join(0, 3, key, LONG);
    Future<Places> one = join(1, 3, key, LONG);
    Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    failure(ErrorClass.RANK, join(1, 3, key, LONG));
    failure(ErrorClass.RANK, join(2, 4, key, LONG));
    await(join(2, 3, key, LONG));
    await(one);
    await(root);
  }

  @Test
  void shouldCloseOnNonsense() {
    Future<Places> root = join(0, 2, key, LONG);
    for (String line : List.of("x", "{}", "{\"challenge\":1}", "{\"join\":\"{}\",\"challenge\":\"c\",\"proof\":\"p\"}",
        "[1]", "x".repeat(70_000))) {
      NetSocket socket = Awaitility.await().ignoreExceptions().until(
          () -> await(vertx.createNetClient().connect(port, "127.0.0.1")), made -> true);
      Future<Void> closed = Future.future(promise -> socket.closeHandler(promise::complete));
      socket.write(line + "\n");
      await(closed);
    }
    await(join(1, 2, key, LONG));
    await(root);
  }
}
