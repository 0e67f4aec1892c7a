package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.programs.Joins;
import dev.vertxmpi.launcher.programs.Sum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vertx-mpi run} with programs that use MPI. */
class MpiRunIT {

  @TempDir
  private Path temporary;

  private CommandProcess command;

  private CommandProcess run(String... args) throws IOException {
    command = CommandProcess.launcher(temporary,
        Stream.concat(Stream.of("run", "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"), Stream.of(args))
            .toArray(String[]::new));
    return command;
  }

  @AfterEach
  void shouldLeaveNothingBehind() throws IOException {
    command.close();
    await().until(() -> filesOfTheJob().isEmpty());
  }

  private List<String> filesOfTheJob() throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      return files.filter(file -> temporary.relativize(file).toString().startsWith("vertx-mpi-"))
          .filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void shouldRunAnAllreduceOverProcesses() throws Exception {
    run("-n", "4", "--", Sum.class.getName());
    assertEquals(0, command.exitCode(), command.err()::toString);
    assertEquals(List.of("[0] rank 0 of 4: sum 6 over [shm]", "[1] rank 1 of 4: sum 6 over [shm]",
        "[2] rank 2 of 4: sum 6 over [shm]", "[3] rank 3 of 4: sum 6 over [shm]"),
        command.out().stream().sorted().toList());
    // A busy machine makes the launcher wait, and Vert.x warn of slow starts in the ranks.
    assertTrue(command.err().stream().filter(line -> line.startsWith("vertx-mpi:"))
        .allMatch(line -> line.contains("waiting for rank")), command.err()::toString);
  }

  @Test
  void shouldRunOverTheLinksAskedFor() throws Exception {
    run("-n", "2", "--links", "bus", "--", Sum.class.getName());
    assertEquals(0, command.exitCode(), command.err()::toString);
    assertEquals(List.of("[0] rank 0 of 2: sum 1 over [bus]", "[1] rank 1 of 2: sum 1 over [bus]"),
        command.out().stream().sorted().toList());
  }

  @Test
  void shouldRemoveTheKeyOnceAllHaveJoinedAndSayWhoIsKilled() throws Exception {
    run("-n", "3", "--verbose", "--", Joins.class.getName(), "-1", "");
    Map<Integer, ProcessHandle> ranks = command.ranks(3);
    command.awaitOut("joined", 3);
    command.awaitErr("vertx-mpi: all ranks have joined");
    await().until(() -> filesOfTheJob().equals(List.of("lifeline")));
    CommandProcess.kill("KILL", ranks.get(1));
    assertEquals(137, command.exitCode());
    assertTrue(command.err().contains("vertx-mpi: rank 1 died: killed by signal 9 (SIGKILL)"),
        command.err()::toString);
    await().until(() -> ranks.values().stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void shouldNameTheRankThatDoesNotJoin() throws Exception {
    run("-n", "3", "--", Joins.class.getName(), "2", "wait");
    command.awaitErr("vertx-mpi: waiting for rank 2 to call Mpi.init");
    CommandProcess.kill("TERM", command.handle());
    assertEquals(143, command.exitCode());
  }

  @Test
  void shouldEndRanksThatWaitForOneThatHasEnded() throws Exception {
    run("-n", "3", "--", Joins.class.getName(), "1", "return");
    assertEquals(1, command.exitCode());
    assertTrue(command.err().contains("vertx-mpi: rank 1 ended without calling Mpi.init, and other ranks wait for it"),
        command.err()::toString);
  }
}
