package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vertx-mpi name-server} and {@code names} with real processes. */
class NameServerIT {

  private static final String READY = "name server at ";

  @TempDir
  private Path temporary;

  private CommandProcess server;

  private String serve() throws IOException {
    server = CommandProcess.launcher(temporary, "name-server", "--port", "0");
    server.awaitOut(READY, 1);
    assertEquals(1, server.out().size());
    return server.out().getFirst().substring(READY.length());
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private List<String> names(String... args) throws Exception {
    try (CommandProcess names = CommandProcess.launcher(temporary, args)) {
      assertEquals(0, names.exitCode(), names.err()::toString);
      assertEquals(List.of(), names.err());
      return names.out();
    }
  }

  @Test
  void shouldListNamesWithoutTheirSecrets() throws Exception {
    String address = serve();
    assertEquals(List.of("no names are published"), names("names", "--name-server", address));

    ProcessId owner = new ProcessId(UUID.randomUUID(), 3, 0);
    Port port = new Port(UUID.randomUUID(), owner,
        new NodeAddress(new NodeId(UUID.randomUUID()), Map.of("tcp", "127.0.0.1:4711")), new byte[Port.KEY_LENGTH]);
    Vertx vertx = Vertx.vertx();
    NameService service = NameServiceProvider.all().getFirst().global(vertx, List.of(address)).orElseThrow();
    try {
      settled(service.publish("density", port.name(), owner, true));
      List<String> table = names("names", "--name-server", address);
      assertEquals(2, table.size(), table::toString);
      assertEquals(List.of("density", owner.job().toString(), "3", "tcp=127.0.0.1:4711"),
          List.of(table.getLast().split(" +")));
      JsonArray json = new JsonArray(String.join("\n", names("names", "--json", "--name-server", address)));
      JsonObject entry = json.getJsonObject(0);
      assertEquals("density", entry.getString("name"));
      assertEquals("127.0.0.1:4711", entry.getJsonObject("at").getString("tcp"));
      assertFalse((table + json.encode()).contains(port.name().replaceAll(".*;key=|;sum=.*", "")));
    } finally {
      settled(service.close());
      settled(vertx.close());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldWatchNamesWithoutTheirSecrets(boolean json) throws Exception {
    String address = serve();
    List<String> arguments = new ArrayList<>(List.of("names", "--watch", "--name-server", address));
    if (json) {
      arguments.add("--json");
    }
    ProcessId owner = new ProcessId(UUID.randomUUID(), 3, 0);
    Port port = new Port(UUID.randomUUID(), owner,
        new NodeAddress(new NodeId(UUID.randomUUID()), Map.of("tcp", "127.0.0.1:4711")), new byte[Port.KEY_LENGTH]);
    Vertx vertx = Vertx.vertx();
    NameService service = NameServiceProvider.all().getFirst().global(vertx, List.of(address)).orElseThrow();
    try (CommandProcess watch = CommandProcess.launcher(temporary, arguments.toArray(String[]::new))) {
      settled(service.publish("density", port.name(), owner, true));
      watch.awaitOut("published", 1);
      settled(service.unpublish("density", owner));
      watch.awaitOut("vanished", 1);
      settled(service.publish("last", port.name(), owner, true));
      settled(service.close());
      watch.awaitOut("vanished", 2);
      CommandProcess.kill("TERM", watch.handle());
      assertEquals(0, watch.exitCode());
      assertEquals(List.of(), watch.err());
      assertEquals(4, watch.out().size(), watch.out()::toString);
      assertTrue(watch.out().stream().allMatch(line -> line.contains(owner.job().toString())
          && line.contains("127.0.0.1:4711")), watch.out()::toString);
      assertFalse(watch.out().toString().contains(port.name().replaceAll(".*;key=|;sum=.*", "")));
      if (json) {
        JsonObject first = new JsonObject(watch.out().getFirst());
        assertEquals("published", first.getString("event"));
        assertEquals("density", first.getString("name"));
      }
    } finally {
      settled(service.close());
      settled(vertx.close());
    }
  }

  private static <T> T settled(Future<T> future) {
    await().until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void shouldEndWellWhenAskedTo(String signal) throws Exception {
    serve();
    CommandProcess.kill(signal, server.handle());
    assertEquals(0, server.exitCode());
    assertEquals(List.of(), server.err());
  }

  @Test
  void shouldSayThatAPortIsTaken() throws Exception {
    String address = serve();
    String port = address.substring(address.indexOf(':') + 1);
    try (CommandProcess second = CommandProcess.launcher(temporary, "name-server", "--port", port)) {
      assertEquals(1, second.exitCode());
      assertEquals(1, second.err().size(), second.err()::toString);
      assertTrue(second.err().getFirst().contains(port), second.err()::toString);
    }
  }

  @Test
  void shouldSayThatNoServerIsThere() throws Exception {
    try (CommandProcess names = CommandProcess.launcher(temporary, "names", "--name-server", "127.0.0.1:1")) {
      assertEquals(1, names.exitCode());
      assertEquals(1, names.err().size(), names.err()::toString);
      assertTrue(names.err().getFirst().contains("127.0.0.1:1"), names.err()::toString);
    }
  }
}
