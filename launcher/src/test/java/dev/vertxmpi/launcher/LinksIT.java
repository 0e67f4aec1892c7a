package dev.vertxmpi.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.programs.Hails;
import dev.vertxmpi.launcher.programs.Sum;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code VERTX_MPI_LINKS} and {@code --links} say over which links ranks may speak, and they speak over no other. */
class LinksIT {

  @TempDir
  private Path temporary;

  private CommandProcess command;

  private void run(String links, String... options) throws IOException {
    command = CommandProcess.launcher(temporary, Map.of("VERTX_MPI_LINKS", links), Stream.of(
        Stream.of("run", "-n", "2", "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"), Stream.of(options),
        Stream.of("--", Sum.class.getName())).flatMap(part -> part).toArray(String[]::new));
  }

  @AfterEach
  void close() {
    command.close();
  }

  private void assertSumOver(String link) throws InterruptedException {
    assertEquals(0, command.exitCode(), command.err()::toString);
    assertEquals(List.of("[0] rank 0 of 2: sum 1 over [" + link + "]", "[1] rank 1 of 2: sum 1 over [" + link + "]"),
        command.out().stream().sorted().toList());
  }

  @Test
  void shouldTakeTheFirstOfTheVariableThatReaches() throws Exception {
    run("local, tcp, shm");
    assertSumOver("tcp");
  }

  @Test
  void shouldPreferTheOptionToTheVariable() throws Exception {
    run("bus", "--links", "tcp");
    assertSumOver("tcp");
  }

  @Test
  void shouldJoinTheClusterFirstWhereTheBusIsTheOnlyLink() throws Exception {
    run("bus");
    assertSumOver("bus");
  }

  @Test
  void shouldHaveAnEventBusInCommonWhereAskedFor() throws Exception {
    command = CommandProcess.launcher(temporary, Map.of(), "run", "-n", "2", "--clustered", "--",
        Hails.class.getName());
    assertEquals(0, command.exitCode(), command.err()::toString);
    assertEquals(List.of("[1] true heard you"), command.out());
  }

  @Test
  void shouldFailWhereNoLinkReaches() throws Exception {
    run("local");
    assertTrue(command.exitCode() != 0);
    assertTrue(command.out().stream().noneMatch(line -> line.contains("sum")), command.out()::toString);
  }

  @Test
  void shouldRefuseALinkThatNobodyProvides() throws Exception {
    run("smoke");
    assertTrue(command.exitCode() != 0);
    assertTrue(command.err().stream().anyMatch(line -> line.contains("links names \"smoke\"")),
        command.err()::toString);
  }
}
