package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.PublishingKey;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publishing key of {@code vertx-mpi name-server}, by file and by environment. */
class PublishingKeyIT {

  private static final String READY = "name server at ";
  private static final String TEXT = "a key that only publishers and servers have";
  private static final ProcessId OWNER = new ProcessId(UUID.randomUUID(), 0, 0);

  @TempDir
  private Path temporary;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    assertTrue(settled(vertx.close()).succeeded());
  }

  private static <T> Future<T> settled(Future<T> future) {
    await().atMost(Duration.ofSeconds(60)).until(future::isComplete);
    return future;
  }

  private void assertGuarded(Map<String, String> environment) throws Exception {
    try (CommandProcess server = CommandProcess.launcher(temporary, environment, "name-server", "--port", "0")) {
      server.awaitOut(READY, 1);
      List<String> servers = List.of(server.out().getFirst().substring(READY.length()));
      NameServiceProvider provider = NameServiceProvider.all().getFirst();
      NameService with = provider.global(vertx, servers, PublishingKey.of(TEXT)).orElseThrow();
      NameService without = provider.global(vertx, servers).orElseThrow();
      Future<Void> refused = settled(without.publish("orders", "port", OWNER, true));
      assertEquals(ErrorClass.ACCESS, MpiException.of(refused.cause()).errorClass(), () -> "" + refused.cause());
      assertTrue(settled(with.publish("orders", "port", OWNER, true)).succeeded());
      assertEquals("port", settled(without.lookup("orders", Duration.ZERO)).result().port());
      assertTrue(settled(with.close()).succeeded() && settled(without.close()).succeeded());
      CommandProcess.kill("TERM", server.handle());
      assertEquals(0, server.exitCode());
      assertFalse((server.out() + " " + server.err()).contains(TEXT));
    }
  }

  @Test
  void shouldTakeTheKeyFromTheEnvironment() throws Exception {
    assertGuarded(Map.of("VERTX_MPI_PUBLISHING_KEY", TEXT));
  }

  @Test
  void shouldTakeTheKeyFromAFile() throws Exception {
    Path file = Files.writeString(temporary.resolve("key"), TEXT + "\n");
    assertGuarded(Map.of("VERTX_MPI_PUBLISHING_KEY_FILE", file.toString()));
  }

  @Test
  void shouldNotStartWithAKeyThatIsNone() throws Exception {
    try (CommandProcess server = CommandProcess.launcher(temporary, Map.of("VERTX_MPI_PUBLISHING_KEY", "hush"),
        "name-server", "--port", "0")) {
      assertEquals(1, server.exitCode());
      assertEquals(1, server.err().size(), server.err()::toString);
      assertTrue(server.err().getFirst().contains("VERTX_MPI_PUBLISHING_KEY must have 32 to 4096 characters"),
          server.err()::toString);
      assertFalse(server.err().getFirst().contains("hush"), server.err()::toString);
    }
  }
}
