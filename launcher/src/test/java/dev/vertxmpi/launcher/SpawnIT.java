package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.programs.Spawns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks that spawn processes. */
class SpawnIT {

  private static final Pattern PROCESS = Pattern.compile("(?:\\[0\\] )?process (\\d+)");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir
  private Path temporary;

  private CommandProcess parent;

  private CommandProcess java(String... args) throws IOException {
    parent = CommandProcess.java(temporary, Spawns.class, args);
    return parent;
  }

  @AfterEach
  void shouldLeaveNothingBehind() {
    List<ProcessHandle> children = children();
    await().atMost(LIMIT).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    await().atMost(LIMIT).until(() -> filesOfJobs().isEmpty());
    parent.close();
  }

  private List<String> filesOfJobs() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("vertx-mpi-") && !name.startsWith("vertx-mpi-shm")).toList();
    }
  }

  private List<ProcessHandle> children() {
    return parent.out().stream().map(PROCESS::matcher).filter(Matcher::matches)
        .map(line -> ProcessHandle.of(Long.parseLong(line.group(1)))).flatMap(Optional::stream).toList();
  }

  private List<String> said() {
    return parent.out().stream().filter(line -> !PROCESS.matcher(line).matches()).sorted().toList();
  }

  private void assertEndsWell() throws InterruptedException {
    assertEquals(0, parent.exitCode(), () -> parent.out() + " and " + parent.err());
  }

  @Test
  void shouldSpawnTwoPrograms() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("elsewhere"));
    java("tell", folder.toString());
    assertEndsWell();
    assertEquals(List.of("0/3 program 0 in launcher sees 0", "1/3 program 0 in launcher sees 0",
        "2/3 program 1 in elsewhere sees 0", "spawned 3"), said());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "exit|failed for [1]: MPI_ERR_SPAWN in MPI_Comm_spawn_multiple: the children did not come to connect: rank 1",
      "return|failed for []: MPI_ERR_SPAWN in MPI_Comm_spawn_multiple: the children did not come to connect: they end",
      "class|failed for []: MPI_ERR_SPAWN in MPI_Comm_spawn_multiple: the children did not come to connect: there",
      "command|failed for []: MPI_ERR_SPAWN in MPI_Comm_spawn_multiple: the children did not come to connect: rank 0"})
  void shouldFailWhereChildrenDoNotCome(String mode, String expected) throws Exception {
    java(mode);
    assertEndsWell();
    assertEquals(1, said().size(), () -> said() + " and " + parent.err());
    assertTrue(said().getFirst().startsWith(expected), () -> said() + " and " + parent.err());
  }

  @Test
  void shouldFailWhatNeedsAChildThatIsKilled() throws Exception {
    java("wait");
    parent.awaitOut("spawned", 1);
    await().atMost(LIMIT).until(() -> children().size() == 2);
    CommandProcess.kill("KILL", children().getFirst());
    assertEndsWell();
    assertTrue(said().getFirst().startsWith("failed for [0]: MPI_ERR_PROC_FAILED in MPI_Recv"),
        () -> said().toString());
  }

  @Test
  void shouldEndConnectedChildrenWhenTheParentIsKilled() throws Exception {
    java("wait");
    parent.awaitOut("spawned", 1);
    await().atMost(LIMIT).until(() -> children().size() == 2);
    CommandProcess.kill("KILL", parent.handle());
  }

  @Test
  void shouldEndChildrenThatHaveNotConnectedWhenTheParentIsKilled() throws Exception {
    java("slow");
    await().atMost(LIMIT).until(() -> children().size() == 2);
    CommandProcess.kill("KILL", parent.handle());
  }

  @Test
  void shouldGoOnAloneOnceDisconnected() throws Exception {
    Path go = temporary.resolve("go");
    java("alone", go.toString());
    // What it printed to is still open: its children have that too.
    await().atMost(LIMIT).until(() -> !parent.handle().isAlive() && children().size() == 2);
    assertTrue(children().stream().allMatch(ProcessHandle::isAlive));
    Files.createFile(go);
    for (int rank = 0; rank < 2; rank++) {
      Path sum = temporary.resolve("sum" + rank);
      await().atMost(LIMIT).until(() -> Files.exists(sum) && Files.readString(sum).equals("3"));
    }
  }

  @Test
  void shouldSpawnInSpawn() throws Exception {
    java("spawn");
    assertEndsWell();
    assertEquals(List.of("child says 0/1 program 0 in launcher sees 0", "spawned 1"), said());
  }

  @Test
  void shouldShareTheLocalScopeOfNames() throws Exception {
    parent = CommandProcess.launcher(temporary, "run", "-J-XX:TieredStopAtLevel=1", "-J-Djava.io.tmpdir=" + temporary,
        "--", Spawns.class.getName(), "names");
    assertEndsWell();
    assertEquals(List.of("[0] found the child's name", "[0] spawned 1"), said());
  }
}
