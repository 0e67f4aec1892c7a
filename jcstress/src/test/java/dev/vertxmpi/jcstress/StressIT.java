package dev.vertxmpi.jcstress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Runs jcstress in JVMs of its own: the short form with every build, a longer one with {@code -Pjcstress}.
 *
 * <p>What is broken on purpose goes along and must be found, else the harness proves nothing.
 */
class StressIT {

  private static final String MODE = System.getProperty("vertx-mpi.jcstress", "short");
  private static final String TESTS = System.getProperty("vertx-mpi.jcstress.tests", "dev\\.vertxmpi\\.runtime\\..*");
  private static final Path REPORTS = Path.of(System.getProperty("vertx-mpi.jcstress.reports", "target/jcstress"));

  /** One fork each; enough to meet every outcome that is common. */
  private static final List<String> SHORT = List.of("-m", "quick", "-f", "1", "-iters", "3", "-time", "500", "-sc",
      "false", "-af", "NONE", "-jvmArgs", "--enable-native-access=ALL-UNNAMED");

  /** Few objects at a time: a ring takes up to a mebibyte. Yielding, since others may want the cores. */
  private static final List<String> STRIDES = List.of("-strideSize", "10", "-strideCount", "10", "-spinStyle",
      "THREAD_YIELD");

  private static final Set<String> BROKEN = Set.of("dev.vertxmpi.runtime.link.shm.FenceIsMissing",
      "dev.vertxmpi.runtime.link.shm.CommitIsEarly", "dev.vertxmpi.runtime.link.shm.SpaceIsEarly");

  private static final Pattern FAILED = Pattern.compile("\\[FAILED] (\\S+)");
  private static final Pattern LAST_COUNT =
      Pattern.compile("(\\d+) planned; (\\d+) passed, (\\d+) failed, 0 soft errs, 0 hard errs\\)\\s+RUN RESULTS");

  private record Run(int exit, String output) {
  }

  private static Run run() throws IOException, InterruptedException {
    Path reports = Files.createDirectories(REPORTS).toAbsolutePath();
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
        "org.openjdk.jcstress.Main", "-t", TESTS, "-r", reports.toString()));
    command.addAll(MODE.equals("short") ? SHORT : List.of("-m", MODE));
    command.addAll(STRIDES);
    Path output = reports.resolve("output.txt");
    // The harness leaves its results where it works.
    Process process = new ProcessBuilder(command).directory(reports.toFile()).redirectErrorStream(true)
        .redirectOutput(output.toFile()).start();
    try {
      int exit = process.waitFor();
      return new Run(exit, Files.readString(output));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void shouldMeetWhatIsForbiddenOnlyWhereItIsBrokenOnPurpose() throws IOException, InterruptedException {
    Run run = run();
    Set<String> failed = FAILED.matcher(run.output()).results().map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(BROKEN), failed, run::output);
    assertNotEquals(0, run.exit(), run::output);
    List<MatchResult> counts = LAST_COUNT.matcher(run.output()).results().toList();
    assertEquals(1, counts.size(), run::output);
    int passed = Integer.parseInt(counts.getFirst().group(2));
    int planned = Integer.parseInt(counts.getFirst().group(1));
    assertEquals(planned, passed + Integer.parseInt(counts.getFirst().group(3)), run::output);
    assertTrue(passed >= 11, run::output);
  }
}
