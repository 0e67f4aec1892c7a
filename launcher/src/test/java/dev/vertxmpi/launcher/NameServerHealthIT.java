package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vertx-mpi name-server --health-port}, and its end, with real processes. */
class NameServerHealthIT {

  private static final ProcessId OWNER = new ProcessId(UUID.randomUUID(), 0, 0);
  private static final String HEALTH = "health at ";

  @TempDir
  private Path temporary;

  private final List<CommandProcess> servers = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    servers.forEach(CommandProcess::close);
    http.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private CommandProcess serve(int port, int... peers) throws IOException {
    List<String> arguments = new ArrayList<>(
        List.of("name-server", "--port", Integer.toString(port), "--health-port", "0"));
    for (int peer : peers) {
      arguments.addAll(List.of("--peer", "127.0.0.1:" + peer));
    }
    CommandProcess server = CommandProcess.launcher(temporary, arguments.toArray(String[]::new));
    servers.add(server);
    server.awaitOut(HEALTH, 1);
    return server;
  }

  private HttpResponse<String> get(CommandProcess server, String below) throws Exception {
    String uri = server.out().stream().filter(line -> line.startsWith(HEALTH)).findFirst().orElseThrow()
        .substring(HEALTH.length());
    return http.send(HttpRequest.newBuilder(URI.create(uri + below)).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void shouldTellItsHealthByHttp() throws Exception {
    int port = freePort();
    CommandProcess server = serve(port);
    HttpResponse<String> answer = get(server, "");
    assertEquals(200, answer.statusCode());
    assertEquals("application/json", answer.headers().firstValue("content-type").orElseThrow());
    assertEquals(new JsonObject("{\"ready\":true,\"members\":[\"127.0.0.1:" + port + "\"],\"names\":0,\"safe\":true}"),
        new JsonObject(answer.body()));
    assertEquals(200, get(server, "/live").statusCode());
    assertEquals(404, get(server, "/else").statusCode());
  }

  @Test
  void shouldBeUnreadyUntilEnoughServersSeeEachOther() throws Exception {
    int[] ports = {freePort(), freePort(), freePort()};
    CommandProcess first = serve(ports[0], ports[1], ports[2]);
    HttpResponse<String> answer = get(first, "");
    assertEquals(503, answer.statusCode());
    JsonObject body = new JsonObject(answer.body());
    assertFalse(body.getBoolean("ready"));
    assertTrue(body.getString("reason").contains("too few name servers"), answer::body);
    assertEquals(200, get(first, "/live").statusCode());
    CommandProcess second = serve(ports[1], ports[0], ports[2]);
    await().atMost(Duration.ofSeconds(30)).until(() -> get(first, "").statusCode() == 200);
    assertEquals(200, get(second, "").statusCode());
    assertEquals(2, new JsonObject(get(second, "").body()).getJsonArray("members").size());
  }

  @Test
  void shouldKeepEveryNameWhenOneOfThreeIsStoppedWhileNamesArePublished() throws Exception {
    int[] ports = {freePort(), freePort(), freePort()};
    serve(ports[0], ports[1], ports[2]);
    serve(ports[1], ports[0], ports[2]);
    CommandProcess third = serve(ports[2], ports[0], ports[1]);
    await().atMost(Duration.ofSeconds(30)).until(() ->
        new JsonObject(get(third, "").body()).getJsonArray("members").size() == 3);
    Vertx vertx = Vertx.vertx();
    // The one that will be stopped is the one that the publisher knows best.
    NameService names = NameServiceProvider.all().getFirst()
        .global(vertx, List.of("127.0.0.1:" + ports[2], "127.0.0.1:" + ports[0])).orElseThrow();
    Set<String> published = new TreeSet<>();
    try {
      while (published.size() < 300 || third.handle().isAlive()) {
        String name = String.format("name %06d", published.size());
        if (published.size() == 200) {
          CommandProcess.kill("TERM", third.handle());
        }
        settled(names.publish(name, "port", OWNER, true));
        published.add(name);
      }
      assertEquals(0, third.exitCode());
      assertEquals(List.of(), third.err());
      assertTrue(third.out().getLast().startsWith("name server at 127.0.0.1:" + ports[2]
          + " has stopped; 2 others go on with "), third.out()::toString);
      assertEquals(published, new TreeSet<>(settled(names.list()).stream().map(NameEntry::service).toList()));
    } finally {
      settled(names.close());
      settled(vertx.close());
    }
  }

  @Test
  void shouldSayThatItWasTheOnlyOne() throws Exception {
    int port = freePort();
    CommandProcess server = serve(port);
    CommandProcess.kill("TERM", server.handle());
    assertEquals(0, server.exitCode());
    assertEquals("name server at 127.0.0.1:" + port
        + " has stopped; it was the only one, and what it kept is gone", server.out().getLast());
  }

  @Test
  void shouldNameTheHealthPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CommandProcess server = CommandProcess.launcher(temporary, "name-server", "--port", "0", "--health-port",
            Integer.toString(taken.getLocalPort()))) {
      assertEquals(1, server.exitCode());
      assertEquals(1, server.err().size(), server.err()::toString);
      assertTrue(server.err().getFirst().contains("--health-port " + taken.getLocalPort()), server.err()::toString);
    }
  }

  private static <T> T settled(Future<T> future) {
    await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
        .until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }
}
