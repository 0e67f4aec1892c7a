package dev.vertxmpi.launcher.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.JobFamily;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VariablesTest {

  static final Port PORT = new Port(UUID.randomUUID(), new ProcessId(UUID.randomUUID(), 0, 0),
      new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1")), new byte[Port.KEY_LENGTH]);
  private static final UUID JOB = UUID.randomUUID();

  private static Map<String, String> applied(Map<String, String> environment, JobSpec spec) throws IOException {
    Map<String, String> result = new HashMap<>(environment);
    try (JobFiles files = JobFiles.create(JOB)) {
      Variables.apply(result, spec, JOB, 2, new At("127.0.0.1:4711"), files);
    }
    return result;
  }

  @Test
  void shouldMakeAProcessARank() throws IOException {
    Map<String, String> environment = applied(Map.of(), new JobSpec("Main").setRanks(4)
        .setLinks(List.of("tcp", "bus")).setNameServers(List.of("127.0.0.1:1", "127.0.0.1:2")));
    assertEquals(JOB.toString(), environment.get("VERTX_MPI_JOB"));
    assertEquals("2", environment.get("VERTX_MPI_RANK"));
    assertEquals("4", environment.get("VERTX_MPI_SIZE"));
    assertEquals("vertx-mpi-" + JOB, environment.get("VERTX_MPI_CLUSTER"));
    assertEquals("127.0.0.1:4711", environment.get("VERTX_MPI_MEMBERS"));
    assertEquals(JOB.toString(), environment.get("VERTX_MPI_LOCAL_SCOPE"));
    assertEquals("tcp,bus", environment.get("VERTX_MPI_LINKS"));
    assertEquals("127.0.0.1:1,127.0.0.1:2", environment.get("VERTX_MPI_NAME_SERVERS"));
    assertEquals("0", environment.get("VERTX_MPI_APP_NUMBER"));
    assertEquals(11, environment.size(), environment::toString);
  }

  @Test
  void shouldNameTheRosterAndNoClusterThatHasNotBegun() throws IOException {
    Map<String, String> result = new HashMap<>();
    try (JobFiles files = JobFiles.create(JOB)) {
      Variables.apply(result, new JobSpec("Main").setRanks(2), JOB, 1, new AtRoster("127.0.0.1:4712"), files);
    }
    assertEquals("127.0.0.1:4712", result.get("VERTX_MPI_ROSTER"));
    assertFalse(result.containsKey("VERTX_MPI_MEMBERS"));
    assertFalse(result.containsKey("VERTX_MPI_CLUSTERED"));
    assertEquals("true", applied(Map.of(), new JobSpec("Main").setRanks(3).setClustered(true))
        .get("VERTX_MPI_CLUSTERED"));
  }

  @Test
  void shouldLeaveToTheEnvironmentWhatIsNotAskedFor() throws IOException {
    Map<String, String> environment = applied(Map.of("VERTX_MPI_NAME_SERVERS", "127.0.0.1:3", "HOME", "/home/me"),
        new JobSpec("Main").setRanks(3));
    assertFalse(environment.containsKey("VERTX_MPI_LINKS"));
    assertEquals("127.0.0.1:3", environment.get("VERTX_MPI_NAME_SERVERS"));
    assertEquals("/home/me", environment.get("HOME"));
  }

  @Test
  void shouldNotHandDownTheRankOfALauncherThatIsOneItself() throws IOException {
    Map<String, String> environment = applied(Map.of("VERTX_MPI_RANK", "7", "VERTX_MPI_JOB", "other"),
        new JobSpec("Main").setRanks(3).setEnvironment(Map.of("COLOUR", "blue", "VERTX_MPI_RANK", "9")));
    assertEquals("2", environment.get("VERTX_MPI_RANK"));
    assertEquals(JOB.toString(), environment.get("VERTX_MPI_JOB"));
    assertEquals("blue", environment.get("COLOUR"));
  }

  @Test
  void shouldTellSpawnedRanksWhereTheyComeFrom() throws IOException {
    JobSpec spec = new JobSpec("Main").setRanks(2).addProgram(new JobSpec("Other").setRanks(2))
        .setFamily(new JobFamily(PORT, "scope", "", List.of()));
    Map<String, String> environment = applied(Map.of(), spec);
    assertEquals("4", environment.get("VERTX_MPI_SIZE"));
    assertEquals("1", environment.get("VERTX_MPI_APP_NUMBER"));
    assertEquals("scope", environment.get("VERTX_MPI_LOCAL_SCOPE"));
    assertTrue(environment.get("VERTX_MPI_PARENT_FILE").endsWith("/parent"));
    assertTrue(environment.values().stream().noneMatch(value -> value.contains("key=")), environment::toString);
  }

  /** Somewhere to meet. */
  private record At(String member) implements Gathering {
    @Override
    public String cluster() {
      return Variables.cluster(JOB);
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  /** The same, without a cluster. */
  private record AtRoster(String roster) implements Gathering {
    @Override
    public String cluster() {
      return Variables.cluster(JOB);
    }

    @Override
    public String member() {
      return "";
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
