package dev.vertxmpi.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.hazelcast.NameServer;
import dev.vertxmpi.hazelcast.NameServerOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A {@code Vertx} that the user has clustered by something that this project does not know. */
class ForeignClusterManagerIT {

  private static final NameOptions LOCAL = new NameOptions().setScope(Scope.LOCAL);

  private final LoneClusterManager manager = new LoneClusterManager();
  private Vertx vertx;

  @BeforeEach
  void cluster() {
    vertx = get(Vertx.builder().withClusterManager(manager).buildClustered());
  }

  @AfterEach
  void leave() {
    get(vertx.close());
    assertEquals(1, manager.joins.get());
    assertEquals(1, manager.leaves.get());
  }

  @Test
  void shouldLeaveTheClusterOfTheUserAlone() throws Exception {
    // Two members of Hazelcast in this JVM that are not that of this Vertx: they must not be taken for it.
    NameServer server = get(NameServer.start(new NameServerOptions().setPort(0)));
    HazelcastInstance ofTheUser = Hazelcast.newHazelcastInstance(quiet());
    try {
      Mpi mpi = get(Mpi.init(vertx, new MpiOptions().setNameServers(List.of(server.address()))));
      Port port = get(mpi.openPort(new PortOptions()));
      MpiException none = fails(mpi.publish("orders", port, LOCAL));
      assertEquals(ErrorClass.SERVICE, none.errorClass());
      assertTrue(none.reason().contains("nothing provides names for this cluster"), none::reason);
      get(mpi.publish("orders", port, new NameOptions()));
      assertEquals(port, get(mpi.lookup("orders")));
      assertEquals(List.of(), List.copyOf(ofTheUser.getDistributedObjects()));
      assertEquals(3.0, get(mpi.world().allreduce(new double[] {3}, dev.vertxmpi.Op.SUM))[0]);
      get(mpi.close());

      assertTrue(manager.isActive(), "the rank is closed, the cluster goes on");
      Future<String> got = Future.future(done ->
          vertx.eventBus().<String>consumer("still.there", message -> done.complete(message.body())));
      vertx.eventBus().send("still.there", "yes");
      assertEquals("yes", get(got));
    } finally {
      ofTheUser.shutdown();
      get(server.close());
    }
  }

  private static Config quiet() {
    Config config = new Config();
    config.setClusterName("of the user").setProperty("hazelcast.logging.type", "none")
        .setProperty("hazelcast.phone.home.enabled", "false").setProperty("hazelcast.socket.bind.any", "false")
        .setProperty("hazelcast.local.localAddress", "127.0.0.1");
    config.getNetworkConfig().setPort(0).getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    return config;
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static MpiException fails(Future<?> future) throws Exception {
    try {
      throw new AssertionError("succeeded with " + future.toCompletionStage().toCompletableFuture()
          .get(60, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return assertInstanceOf(MpiException.class, e.getCause());
    }
  }
}
