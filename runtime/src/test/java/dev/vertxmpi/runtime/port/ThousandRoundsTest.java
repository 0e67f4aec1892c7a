package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.runtime.comm.Ranks;
import dev.vertxmpi.runtime.names.NameScopes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections come and go, and nothing of them stays: threads, descriptors, entries of tables, direct memory. */
class ThousandRoundsTest {

  /** What Netty may keep of direct memory for later use: a chunk more or less. */
  private static final long POOLED = 8 << 20;

  private Ranks servers;
  private Ranks clients;
  private Ports ports;

  /** What is held. */
  private record Held(List<String> tables, long threads, long descriptors) {
  }

  @BeforeEach
  void open() {
    servers = new Ranks(1, "tcp");
    clients = new Ranks(1, "tcp");
    ports = new Ports(servers.rank(0), new NameScopes(servers.vertx(), "servers", List.of()));
  }

  @AfterEach
  void close() {
    await(ports.close());
    clients.close();
    servers.close();
  }

  private Held held() {
    return new Held(List.of(servers.rank(0).node().toString(), clients.rank(0).node().toString()), threads(),
        descriptors());
  }

  /** Sockets of what was closed before may have been open still. */
  private void awaitNoMoreThan(Held before) {
    await().untilAsserted(() -> {
      Held now = held();
      assertEquals(before.tables(), now.tables());
      assertTrue(now.threads() <= before.threads() && now.descriptors() <= before.descriptors(),
          () -> now + " is more than " + before);
    });
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
        .filter(name -> name.startsWith("vert.x") || name.startsWith("vertx-mpi")).count();
  }

  private static long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
  }

  private void round(Port port) {
    Future<Intercommunicator> accept = servers.on(0, world -> world.accept(port));
    Future<Intercommunicator> connect = clients.on(0, world -> world.connect(port));
    leave(await(accept), await(connect));
  }

  private static void leave(Intercommunicator server, Intercommunicator client) {
    Future<Void> end = server.disconnect();
    await(client.disconnect());
    await(end);
  }

  @Test
  void shouldLeaveNothingBehindAfterAThousandRounds() {
    Port port = await(ports.openPort(new PortOptions()));
    for (int i = 0; i < 100; i++) {
      round(port);
    }
    Held before = held();
    long direct = direct();
    for (int i = 0; i < 1000; i++) {
      round(port);
    }
    awaitNoMoreThan(before);
    assertTrue(direct() <= direct + POOLED, () -> "direct memory has grown from " + direct + " to " + direct());
  }

  @Test
  void shouldLeaveNothingBehindOfProgramsThatComeAndGo() {
    Port port = await(ports.openPort(new PortOptions()));
    MpiOptions tcp = new MpiOptions().setLinks(List.of("tcp")).setNameServers(List.of());
    comeAndGo(port, tcp);
    Held before = held();
    for (int i = 0; i < 50; i++) {
      comeAndGo(port, tcp);
    }
    awaitNoMoreThan(before);
  }

  @Test
  void shouldLeaveNothingBehindOfStreamsThatEnd() {
    stream();
    // The key of a closed port goes a moment later.
    await().until(() -> held().tables().getFirst().endsWith("keys=1]"));
    Held before = held();
    for (int i = 0; i < 200; i++) {
      stream();
    }
    awaitNoMoreThan(before);
  }

  /** Opens a stream, takes a client and closes the port. */
  private void stream() {
    Port port = await(ports.openPort(new PortOptions()));
    Promise<Intercommunicator> accepted = Promise.promise();
    Promise<Void> ended = Promise.promise();
    servers.on(0, world -> {
      world.acceptor(port).handler(accepted::complete).endHandler(ended::complete);
      return Future.succeededFuture();
    });
    Intercommunicator there = await(clients.on(0, world -> world.connect(port)));
    leave(await(accepted.future()), there);
    await(ports.closePort(port));
    await(ended.future());
  }

  private void comeAndGo(Port port, MpiOptions options) {
    Mpi client = await(Mpi.init(clients.vertx(), options));
    Future<Intercommunicator> accept = servers.on(0, world -> world.accept(port));
    Intercommunicator there = await(client.world().connect(port));
    leave(await(accept), there);
    await(client.close());
  }
}
