package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vertxmpi.launcher.programs.Recv;
import dev.vertxmpi.launcher.programs.Sum;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs of other launchers: their environments with real processes, and the launchers that are installed. */
class ForeignIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir
  private Path temporary;

  private final List<CommandProcess> ranks = new ArrayList<>();
  private final String name = UUID.randomUUID().toString();

  @AfterEach
  void close() {
    ranks.forEach(CommandProcess::close);
  }

  private static Map<String, String> variables(String launcher, String job, int rank, int size) {
    String r = Integer.toString(rank);
    String n = Integer.toString(size);
    return switch (launcher) {
      case "openmpi" -> Map.of("OMPI_COMM_WORLD_RANK", r, "OMPI_COMM_WORLD_SIZE", n, "OMPI_COMM_WORLD_LOCAL_SIZE", n,
          "PMIX_NAMESPACE", job);
      case "hydra" -> Map.of("PMI_RANK", r, "PMI_SIZE", n, "MPI_LOCALNRANKS", n, "PMI_JOBID", job);
      case "slurm" -> Map.of("SLURM_PROCID", r, "SLURM_STEP_NUM_TASKS", n, "SLURM_JOB_ID", job, "SLURM_STEP_ID", "0",
          "SLURM_STEP_NODELIST", "localhost");
      case "kubernetes" -> Map.of("JOB_COMPLETION_INDEX", r, "VERTX_MPI_SIZE", n, "HOSTNAME", job + "-" + r,
          "VERTX_MPI_ROOT", "localhost");
      default -> throw new IllegalArgumentException(launcher);
    };
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  private void start(String launcher, int size, Class<?> program, String port) throws IOException {
    for (int rank = 0; rank < size; rank++) {
      Map<String, String> variables = new HashMap<>(variables(launcher, name, rank, size));
      variables.put("VERTX_MPI_PORT", port);
      variables.put("VERTX_MPI_KEY", "0f".repeat(32));
      ranks.add(CommandProcess.java(temporary, variables, List.of(), program));
    }
  }

  private static List<String> sums(int size) {
    int sum = size * (size - 1) / 2;
    return Stream.iterate(0, rank -> rank + 1).limit(size)
        .map(rank -> "rank " + rank + " of " + size + ": sum " + sum + " over [shm]").toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openmpi", "hydra", "slurm", "kubernetes"})
  void shouldRunUnderTheEnvironmentOf(String launcher) throws Exception {
    start(launcher, 3, Sum.class, freePort());
    List<String> out = new ArrayList<>();
    for (CommandProcess rank : ranks) {
      assertEquals(0, rank.exitCode(), () -> rank.out() + " and " + rank.err());
      out.addAll(rank.out());
    }
    assertEquals(sums(3), out);
  }

  @Test
  void shouldFailWhatNeedsARankThatIsKilled() throws Exception {
    start("slurm", 3, Recv.class, freePort());
    for (CommandProcess rank : ranks) {
      rank.awaitOut("waiting", 1);
    }
    CommandProcess.kill("KILL", ranks.get(1).handle());
    for (int rank : new int[] {0, 2}) {
      ranks.get(rank).awaitOut("failed: MPI_ERR_PROC_FAILED", 1);
      assertEquals(0, ranks.get(rank).exitCode());
    }
  }

  private static boolean isInstalled(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  private void runReally(String... launcher) throws Exception {
    assumeTrue(isInstalled(launcher[0]), launcher[0] + " is not installed");
    Map<String, String> variables = Map.of("OMPI_ALLOW_RUN_AS_ROOT", "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1",
        "VERTX_MPI_PORT", freePort());
    CommandProcess job = CommandProcess.java(temporary, variables, List.of(launcher), Sum.class);
    ranks.add(job);
    await().atMost(LIMIT).until(() -> !job.handle().isAlive());
    assertEquals(0, job.exitCode(), () -> job.out() + " and " + job.err());
    assertTrue(job.out().stream().sorted().toList().equals(sums(3)), () -> job.out() + " and " + job.err());
  }

  @Test
  void shouldRunUnderTheMpirunOfOpenMpi() throws Exception {
    runReally("mpirun.openmpi", "--oversubscribe", "-n", "3");
  }

  @Test
  void shouldRunUnderHydra() throws Exception {
    runReally("mpiexec.hydra", "-n", "3");
  }
}
