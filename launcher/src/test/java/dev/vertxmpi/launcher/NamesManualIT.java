package dev.vertxmpi.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the manual pages on names say, by jobs that have nothing in common but a name server: {@code docs/names.md}. */
class NamesManualIT {

  private static final String READY = "name server at ";
  private static final NameOptions NO_INFO = new NameOptions();

  @TempDir
  private Path temporary;

  private final List<Vertx> vertxes = new ArrayList<>();
  private final List<Mpi> jobs = new ArrayList<>();
  private CommandProcess server;

  @AfterEach
  void close() {
    jobs.forEach(job -> get(job.close()));
    vertxes.forEach(vertx -> get(vertx.close()));
    if (server != null) {
      server.close();
    }
  }

  private List<String> serve() throws Exception {
    server = CommandProcess.launcher(temporary, "name-server", "--port", "0");
    server.awaitOut(READY, 1);
    return List.of(server.out().getFirst().substring(READY.length()));
  }

  /** A job of its own: a world of one. */
  private Mpi job(List<String> nameServers) {
    Vertx vertx = Vertx.vertx();
    vertxes.add(vertx);
    Mpi job = get(Mpi.init(vertx, new MpiOptions().setNameServers(nameServers)));
    jobs.add(job);
    return job;
  }

  private static Port open(Mpi job) {
    return get(job.openPort(new PortOptions()));
  }

  private static NameOptions info(String key, String value) {
    return new NameOptions().setInfo(Map.of(key, value));
  }

  private static LookupOptions order(String value) {
    return new LookupOptions().setInfo(Map.of("ompi_lookup_order", value));
  }

  @Test
  void shouldConnectJobsByANameOfTheGlobalScope() throws Exception {
    List<String> servers = serve();
    Mpi one = job(servers);
    Mpi other = job(servers);
    Port port = open(one);
    get(one.publish("orders", port, info("ompi_global_scope", "true")));
    Future<Intercommunicator> accepted = one.world().accept(port);
    Intercommunicator client = get(other.lookup("orders").compose(other.world()::connect));
    Future<Integer> got = get(accepted).recv(Integer.class, 0, 0).map(message -> message.body());
    get(client.send(42, 0, 0));
    assertEquals(42, get(got));
    Future<Void> apart = client.disconnect();
    get(get(accepted).disconnect());
    get(apart);
  }

  @Test
  void shouldPublishInTheGlobalScopeWithoutInfoWhereAServerIsThereAndOnlyThere() throws Exception {
    List<String> servers = serve();
    Mpi one = job(servers);
    Mpi other = job(servers);
    Port port = open(one);
    get(one.publish("orders", port, NO_INFO));
    assertEquals(port, get(other.lookup("orders")));
    fails(ErrorClass.NAME, one.lookup("orders", order("local")));
    get(one.publish("mine", port, info("ompi_global_scope", "no")));
    fails(ErrorClass.NAME, other.lookup("mine"));
    assertEquals(port, get(one.lookup("mine")));
  }

  @Test
  void shouldFindOnlyWhereTheOrderSays() throws Exception {
    Mpi job = job(serve());
    Port here = open(job);
    Port everywhere = open(job);
    get(job.publish("orders", here, info("ompi_global_scope", "false")));
    get(job.publish("orders", everywhere, info("ompi_global_scope", "true")));
    assertEquals(here, get(job.lookup("orders")));
    assertEquals(here, get(job.lookup("orders", order("local"))));
    assertEquals(here, get(job.lookup("orders", order("local,global"))));
    assertEquals(everywhere, get(job.lookup("orders", order("global"))));
    assertEquals(everywhere, get(job.lookup("orders", order("global,local"))));
  }

  @Test
  void shouldUnpublishOnlyInTheScopeOfTheName() throws Exception {
    Mpi job = job(serve());
    get(job.publish("orders", open(job), info("ompi_global_scope", "1")));
    MpiException wrong = fails(ErrorClass.SERVICE, job.unpublish("orders", info("ompi_global_scope", "0")));
    assertEquals("MPI_Unpublish_name", wrong.procedure());
    get(job.lookup("orders"));
    get(job.unpublish("orders", info("ompi_global_scope", "1")));
    fails(ErrorClass.NAME, job.lookup("orders"));
    fails(ErrorClass.SERVICE, job.unpublish("orders", NO_INFO));
  }

  @Test
  void shouldOverwriteUnlessUniqueIsSet() throws Exception {
    List<String> servers = serve();
    Mpi one = job(servers);
    Mpi other = job(servers);
    get(one.publish("orders", open(one), NO_INFO));
    MpiException taken = fails(ErrorClass.NAME, other.publish("orders", open(other), info("ompi_unique", "yes")));
    assertEquals("MPI_Publish_name", taken.procedure());
    Port newer = open(other);
    get(other.publish("orders", newer, NO_INFO));
    assertEquals(newer, get(one.lookup("orders")));
  }

  @Test
  void shouldReturnErrorsAndGoOn() throws Exception {
    Mpi job = job(List.of());
    Port port = open(job);
    MpiException none = fails(ErrorClass.SERVICE, job.publish("orders", port, info("ompi_global_scope", "true")));
    assertTrue(none.reason().contains("name server"), none::reason);
    assertEquals("MPI_Lookup_name", fails(ErrorClass.NAME, job.lookup("orders")).procedure());
    get(job.publish("orders", port, NO_INFO));
    assertEquals(port, get(job.lookup("orders")));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static MpiException fails(ErrorClass expected, Future<?> future) throws Exception {
    try {
      throw new AssertionError("succeeded with " + future.toCompletionStage().toCompletableFuture()
          .get(60, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      MpiException failure = assertInstanceOf(MpiException.class, e.getCause());
      assertEquals(expected, failure.errorClass(), failure::getMessage);
      return failure;
    }
  }
}
