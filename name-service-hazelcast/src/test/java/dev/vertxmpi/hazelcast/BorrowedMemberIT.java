package dev.vertxmpi.hazelcast;

import static dev.vertxmpi.hazelcast.Clusters.HOST;
import static dev.vertxmpi.hazelcast.Clusters.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.Config;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Vert.x that the application has clustered itself, with Hazelcast as the application likes it. */
class BorrowedMemberIT {

  private static final ProcessId OWNER = new ProcessId(UUID.randomUUID(), 0, 0);

  private Vertx vertx;

  @BeforeEach
  void cluster() {
    vertx = await(byApplication());
  }

  @AfterEach
  void leave() {
    await(vertx.close());
    Leaks.assertNoHazelcastThreads();
  }

  private static Future<Vertx> byApplication() {
    Config config = new Config();
    config.setClusterName(Clusters.freshName()).setProperty("hazelcast.local.localAddress", HOST)
        .setProperty("hazelcast.socket.bind.any", "false").setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.logging.type", "none");
    config.getNetworkConfig().setPort(0).getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    return Vertx.builder().withClusterManager(new HazelcastClusterManager(config)).buildClustered();
  }

  @Test
  void shouldLendItsMember() {
    NameServer server = await(NameServer.start(new NameServerOptions().setPort(0)));
    Clustered ours = Clusters.begin(Clusters.freshName());
    NameService names = Clusters.local(vertx, "job");
    await(names.publish("orders", "port", OWNER, true));
    assertEquals("port", await(names.lookup("orders", Duration.ZERO)).port());
    assertTrue(await(server.list()).isEmpty());
    await(names.close());
    await(ours.vertx().close());
    await(server.close());
  }

  @Test
  void shouldLendNothingWhereSeveralMembersMayBeMeant() {
    Vertx another = await(byApplication());
    assertEquals(Optional.empty(), Clusters.names().local(vertx, "job"));
    await(another.close());
  }
}
