package dev.vertxmpi.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.programs.Echo;
import dev.vertxmpi.launcher.programs.Exits;
import dev.vertxmpi.launcher.programs.Lingers;
import dev.vertxmpi.launcher.programs.Stubborn;
import dev.vertxmpi.launcher.programs.Throws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code vertx-mpi run} with real processes, without MPI in them. */
class RunIT {

  private static final String NOBODY = "-1";

  @TempDir
  private Path temporary;

  private CommandProcess command;

  private CommandProcess run(String... args) throws IOException {
    command = CommandProcess.launcher(temporary,
        Stream.concat(Stream.of("run"), Stream.of(args)).toArray(String[]::new));
    return command;
  }

  @AfterEach
  void shouldLeaveNothingBehind() throws IOException {
    command.close();
    await().until(() -> {
      try (Stream<Path> left = Files.list(temporary)) {
        return left.noneMatch(file -> file.getFileName().toString().startsWith("vertx-mpi-"));
      }
    });
  }

  private static void awaitEnd(Collection<ProcessHandle> processes) {
    await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void shouldShowWhatRanksPrint() throws Exception {
    run("-n", "2", "-J-Dcolour=blue", "--", Echo.class.getName(), "a", "-n");
    command.type("typed\n");
    assertEquals(0, command.exitCode(), command.err()::toString);
    assertEquals(List.of("[0] rank 0 of 2 got [a, -n] blue", "[0] read typed", "[1] rank 1 of 2 got [a, -n] blue"),
        command.out().stream().sorted().toList());
    assertEquals(List.of("[0] grüße", "[1] grüße"), command.err().stream().sorted().toList());
  }

  @Test
  void shouldEndTheJobWhenARankFailsAndReturnItsCode() throws Exception {
    run("-n", "3", "--verbose", "--", Exits.class.getName(), "1", "3");
    Map<Integer, ProcessHandle> ranks = command.ranks(3);
    assertEquals(3, command.exitCode());
    assertTrue(command.err().contains("vertx-mpi: rank 1 exited with code 3"), command.err()::toString);
    awaitEnd(ranks.values());
  }

  @Test
  void shouldSayWhichRankWasKilled() throws Exception {
    run("-n", "3", "--verbose", "--", Exits.class.getName(), NOBODY, "0");
    Map<Integer, ProcessHandle> ranks = command.ranks(3);
    command.awaitOut("waiting", 3);
    CommandProcess.kill("KILL", ranks.get(2));
    assertEquals(137, command.exitCode());
    assertTrue(command.err().contains("vertx-mpi: rank 2 died: killed by signal 9 (SIGKILL)"),
        command.err()::toString);
    awaitEnd(ranks.values());
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void shouldPassSignalsOn(String signal, int code) throws Exception {
    run("-n", "2", "--verbose", "--", Exits.class.getName(), NOBODY, "0");
    Map<Integer, ProcessHandle> ranks = command.ranks(2);
    command.awaitOut("waiting", 2);
    CommandProcess.kill(signal, command.handle());
    assertEquals(code, command.exitCode());
    assertEquals(2, command.err().stream().filter(line -> line.endsWith("(SIG" + signal + ")")).count(),
        command.err()::toString);
    awaitEnd(ranks.values());
  }

  @Test
  void shouldTakeRanksAlongWhenItIsKilled() throws Exception {
    run("-n", "2", "--verbose", "--", Exits.class.getName(), NOBODY, "0");
    Map<Integer, ProcessHandle> ranks = command.ranks(2);
    command.awaitOut("waiting", 2);
    command.handle().destroyForcibly();
    assertEquals(137, command.exitCode());
    awaitEnd(ranks.values());
  }

  @Test
  void shouldTakeRanksAlongThatAreAboutToEnd() throws Exception {
    run("-n", "2", "--verbose", "--", Stubborn.class.getName(), "end");
    Map<Integer, ProcessHandle> ranks = command.ranks(2);
    command.awaitOut("ending", 2);
    command.handle().destroyForcibly();
    assertEquals(137, command.exitCode());
    awaitEnd(ranks.values());
  }

  @Test
  @Tag("slow")
  void shouldKillRanksThatDoNotEnd() throws Exception {
    run("-n", "2", "--verbose", "--", Stubborn.class.getName());
    Map<Integer, ProcessHandle> ranks = command.ranks(2);
    command.awaitOut("waiting", 2);
    CommandProcess.kill("TERM", command.handle());
    assertEquals(143, command.exitCode());
    awaitEnd(ranks.values());
  }

  @Test
  void shouldSayOnceThatTheMainClassIsMissing() throws Exception {
    run("-n", "4", "--", "com.acme.Typo");
    assertEquals(1, command.exitCode());
    assertEquals(List.of("vertx-mpi: there is no class com.acme.Typo on the class path: add its folder or jar with "
        + "--class-path"), command.err());
  }

  @Test
  void shouldNameRanksThatDoNotJoinAndEndThemInTime() throws Exception {
    run("-n", "2", "--timeout", "3", "--", Exits.class.getName(), NOBODY, "0");
    assertEquals(1, command.exitCode());
    assertEquals(List.of("vertx-mpi: waiting for ranks 0, 1 to call Mpi.init",
        "vertx-mpi: ranks 0, 1 have not called Mpi.init within 3.0 s"), command.err());
  }

  @Test
  void shouldEndWithTheLastThreadOfTheProgramAndNotWaitForOneOfNetty() throws Exception {
    run("--", Lingers.class.getName());
    assertEquals(0, command.exitCode(), command.err()::toString);
    assertEquals(List.of("[0] closed", "[0] Netty's thread is there"), command.out());
  }

  @Test
  void shouldFailWhereMainThrows() throws Exception {
    run("--", Throws.class.getName());
    assertEquals(1, command.exitCode());
    assertTrue(command.err().contains("[0] Exception in thread \"main\" java.lang.IllegalStateException: on purpose"),
        command.err()::toString);
  }
}
