package dev.vertxmpi.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.launcher.CommandProvider;
import dev.vertxmpi.launcher.LauncherException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class CommandLinesTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Fails in the way that its parameter asks for. */
  @Command(name = "fail", description = "Fails.")
  static final class Fail implements Callable<Integer> {

    @Parameters
    private String how;

    @Override
    public Integer call() {
      throw switch (how) {
        case "known" -> new LauncherException("the file x\nis not there", 7, null);
        case "mpi" -> new MpiException(ErrorClass.NAME, "nobody has published density");
        default -> new IllegalStateException("a fault");
      };
    }
  }

  private int run(String... args) {
    CommandProvider provider = Fail::new;
    CommandLine line = CommandLines.create(List.of(provider));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @Test
  void shouldTellTheVersion() {
    assertEquals(0, run("--version"));
    assertTrue(out.toString().matches("vertx-mpi \\d+\\.\\d+\\.\\d+\\S*\\R"), out::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "name-server", "names", "info", "fail"})
  void shouldHelpWithEveryCommand(String command) {
    assertEquals(0, run(command, "--help"));
    assertTrue(out.toString().startsWith("Usage: vertx-mpi " + command), out::toString);
  }

  @Test
  void shouldListAllCommands() {
    assertEquals(0, run("--help"));
    assertTrue(List.of("run", "name-server", "names", "info", "fail").stream()
        .allMatch(command -> out.toString().contains("\n  " + command + " ")), out::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run -n", "run -n x Main", "run -n 0 Main", "run -n 2", "run --timeout 0 Main",
    "run --timeout soon Main", "run --rnks 2 Main", "run --links , Main", "fail", "what", "", "info --what",
    "name-server --port x"})
  void shouldPointToTheHelpAfterAWrongCommandLine(String line) {
    assertEquals(2, run(line.isEmpty() ? new String[0] : line.split(" ")));
    List<String> lines = err.toString().lines().toList();
    assertEquals(2, lines.size(), err::toString);
    assertTrue(lines.getFirst().startsWith("vertx-mpi: "), err::toString);
    assertTrue(lines.getLast().matches("Try 'vertx-mpi.* --help'\\."), err::toString);
  }

  @Test
  void shouldMakeOneLineOfAnError() {
    assertEquals(7, run("fail", "known"));
    assertEquals("vertx-mpi: the file x is not there" + System.lineSeparator(), err.toString());
  }

  @Test
  void shouldMakeOneLineOfAnMpiError() {
    assertEquals(1, run("fail", "mpi"));
    assertEquals("vertx-mpi: MPI_ERR_NAME: nobody has published density" + System.lineSeparator(), err.toString());
  }

  @Test
  void shouldMakeOneLineOfAFault() {
    assertEquals(1, run("fail", "otherwise"));
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains("a fault"), err::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--stack-trace fail mpi", "fail --stack-trace mpi"})
  void shouldShowTheStackTraceWhenAsked(String line) {
    assertEquals(1, run(line.split(" ")));
    assertTrue(err.toString().contains("\tat "), err::toString);
  }
}
