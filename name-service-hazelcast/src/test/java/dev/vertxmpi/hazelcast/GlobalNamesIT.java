package dev.vertxmpi.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceContract;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names on a name server. */
class GlobalNamesIT extends NameServiceContract {

  private static NameServer server;
  private static List<Vertx> processes;

  @BeforeAll
  static void serve() {
    server = await(NameServer.start(new NameServerOptions().setPort(0)));
    processes = List.of(Vertx.vertx(), Vertx.vertx());
  }

  @AfterAll
  static void stop() {
    processes.forEach(vertx -> await(vertx.close()));
    await(server.close());
  }

  @Override
  protected NameService open(int process) {
    return Clusters.global(processes.get(process), server.address());
  }

  @Test
  void shouldShowTheServerWhatIsPublished() {
    await(alice.publish("orders", "port", ALICE, true));
    List<NameEntry> all = await(server.list());
    assertEquals(List.of("orders"), all.stream().map(NameEntry::service).toList());
  }

  @Test
  void shouldTakeNamesBackWhenTheLastOfAProcessCloses() {
    await(alice.publish("orders", "port", ALICE, true));
    await(alice.close());
    assertEquals(List.of(), await(bob.list()));
  }
}
