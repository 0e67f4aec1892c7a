package dev.vertxmpi.runtime.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.MpiException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignRankTest {

  private static final Map<String, String> OPEN_MPI = Map.of("OMPI_COMM_WORLD_RANK", "1", "OMPI_COMM_WORLD_SIZE", "4",
      "OMPI_COMM_WORLD_LOCAL_SIZE", "4", "PMIX_NAMESPACE", "prterun-h-1@1");
  private static final Map<String, String> SLURM = Map.of("SLURM_PROCID", "2", "SLURM_STEP_NUM_TASKS", "3",
      "SLURM_JOB_ID", "77", "SLURM_STEP_ID", "1", "SLURM_STEP_NODELIST", "gpu[007-009]");
  private static final Map<String, String> KUBERNETES = Map.of("JOB_COMPLETION_INDEX", "1", "VERTX_MPI_SIZE", "3",
      "HOSTNAME", "sum-1", "VERTX_MPI_ROOT", "sum-0.sum");
  private static final Map<String, String> HYDRA = Map.of("PMI_RANK", "0", "PMI_SIZE", "2", "MPI_LOCALNRANKS", "2",
      "PMI_JOBID", "kvs_1");

  private static Map<String, String> with(Map<String, String> variables, String... more) {
    Map<String, String> all = new HashMap<>(variables);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static ForeignRank read(Map<String, String> variables) {
    return ForeignRank.of(variables).orElseThrow();
  }

  @Test
  void shouldReadEachLauncher() {
    ForeignRank openMpi = read(OPEN_MPI);
    assertEquals(new ForeignRank("openmpi", "prterun-h-1@1", 1, 4, "127.0.0.1", openMpi.port(), OptionalInt.empty()),
        openMpi);
    ForeignRank slurm = read(SLURM);
    assertEquals(new ForeignRank("slurm", "77.1", 2, 3, "gpu007", slurm.port(), OptionalInt.empty()), slurm);
    ForeignRank kubernetes = read(KUBERNETES);
    assertEquals(new ForeignRank("kubernetes", "sum", 1, 3, "sum-0.sum", kubernetes.port(), OptionalInt.empty()),
        kubernetes);
    ForeignRank hydra = read(with(HYDRA, "PMI_APPNUM", "1"));
    assertEquals(new ForeignRank("hydra", "kvs_1", 0, 2, "127.0.0.1", hydra.port(), OptionalInt.of(1)), hydra);
    assertTrue(ForeignRank.of(Map.of("HOME", "/")).isEmpty());
  }

  @Test
  void shouldTakeTheInnermostLauncher() {
    Map<String, String> both = with(SLURM, OPEN_MPI.entrySet().stream()
        .flatMap(entry -> Arrays.stream(new String[] {entry.getKey(), entry.getValue()})).toArray(String[]::new));
    assertEquals("openmpi", read(both).launcher());
    assertEquals("slurm", read(with(both, "VERTX_MPI_LAUNCHER", "slurm")).launcher());
    assertTrue(ForeignRank.of(with(both, "VERTX_MPI_LAUNCHER", "none")).isEmpty());
    // The batch script itself is no task of a step.
    assertTrue(ForeignRank.of(Map.of("SLURM_PROCID", "0", "SLURM_JOB_ID", "77")).isEmpty());
  }

  @Test
  void shouldFindRankZeroOfSeveralHostsInTheSlurmJob() {
    assertEquals("a1", read(with(OPEN_MPI, "OMPI_COMM_WORLD_LOCAL_SIZE", "2", "SLURM_JOB_NODELIST", "a[1,5],b2"))
        .root());
    assertEquals("h", read(with(OPEN_MPI, "OMPI_COMM_WORLD_LOCAL_SIZE", "2", "VERTX_MPI_ROOT", "h")).root());
  }

  @Test
  void shouldMakeTheSameJobAndPortAtAllRanks() {
    ForeignRank one = read(SLURM);
    ForeignRank other = read(with(SLURM, "SLURM_PROCID", "0"));
    assertEquals(one.job(), other.job());
    assertEquals(one.port(), other.port());
    assertTrue(one.port() >= 20_000 && one.port() < 32_000);
    assertNotEquals(one.job(), read(with(SLURM, "SLURM_STEP_ID", "2")).job());
    assertEquals(4711, read(with(SLURM, "VERTX_MPI_PORT", "4711")).port());
    assertEquals("mine", read(with(SLURM, "VERTX_MPI_JOB_NAME", "mine")).name());
  }

  @ParameterizedTest
  @CsvSource({"OMPI_COMM_WORLD_SIZE,", "OMPI_COMM_WORLD_SIZE,four", "VERTX_MPI_PORT,0", "VERTX_MPI_PORT,70000"})
  void shouldNameTheVariableThatIsWrong(String name, String value) {
    Map<String, String> variables = with(OPEN_MPI);
    variables.put(name, value == null ? "" : value);
    String reason = assertThrows(MpiException.class, () -> ForeignRank.of(variables)).reason();
    assertTrue(reason.contains(name), reason);
  }

  @Test
  void shouldSayWhatToSetWhereALauncherDoesNotSayIt() {
    Map<String, String> noRoot = with(KUBERNETES, "VERTX_MPI_ROOT", "");
    assertTrue(assertThrows(MpiException.class, () -> ForeignRank.of(noRoot)).reason().contains("VERTX_MPI_ROOT"));
    Map<String, String> noName = with(KUBERNETES, "HOSTNAME", "other");
    assertTrue(assertThrows(MpiException.class, () -> ForeignRank.of(noName)).reason()
        .contains("VERTX_MPI_JOB_NAME"));
    Map<String, String> outside = with(OPEN_MPI, "OMPI_COMM_WORLD_RANK", "4");
    assertTrue(assertThrows(MpiException.class, () -> ForeignRank.of(outside)).reason().contains("rank 4 of 4"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"n1|n1", "n[1-3,7],m|n1", "gpu[010-020]|gpu010", "a,b|a", "r[1-2]c[03-04]|r1c03",
      "n[5]|n5"})
  void shouldFindTheFirstNode(String list, String first) {
    assertEquals(first, NodeList.first(list));
  }

  @Test
  void shouldTakeTheKeyOrMakeOneOfTheName() {
    ForeignRank rank = read(SLURM);
    assertEquals(32, JobKey.of(rank, "0f".repeat(32)).length);
    assertEquals(15, JobKey.of(rank, "0f".repeat(32))[0]);
    assertArrayEquals(JobKey.of(rank, null), JobKey.of(read(with(SLURM, "SLURM_PROCID", "0")), null));
    assertFalse(Arrays.equals(JobKey.of(rank, null), JobKey.of(read(OPEN_MPI), null)));
    for (String wrong : new String[] {"0f0f", "zz".repeat(32), ""}) {
      MpiException failure = assertThrows(MpiException.class, () -> JobKey.of(rank, wrong));
      assertTrue(failure.reason().contains("VERTX_MPI_KEY") && !failure.reason().contains("zz"), failure.reason());
    }
  }
}
