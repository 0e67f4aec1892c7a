package dev.vertxmpi.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of {@code docs} with tables of rules, each with the tests that show it: {@code Type#method} between backticks,
 * where the type is a {@code *Test}, an {@code *IT} or a {@code *Contract}.
 */
public final class RulePage {

  /** Modules are folders side by side, and tests run in theirs. */
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Contract))#(\\w+)`");
  private static final Pattern RULES = Pattern.compile("\\| (rule|program) \\|.*");

  private final List<String> lines;
  private final List<Path> sources;

  private RulePage(List<String> lines, List<Path> sources) {
    this.lines = lines;
    this.sources = sources;
  }

  /**
   * Reads a page.
   *
   * @param file within {@code docs}
   * @param modules whose tests it may name
   * @return the page
   */
  public static RulePage read(String file, String... modules) throws IOException {
    return new RulePage(Files.readAllLines(ROOT.resolve("docs").resolve(file)),
        Stream.of(modules).map(module -> ROOT.resolve(module).resolve("src/test/java")).toList());
  }

  /**
   * Checks that every test that the page names is there.
   *
   * @param least how many it names at least: a page without any is none
   */
  public void assertNamesOnlyTestsThatExist(int least) {
    List<MatchResult> named = TEST.matcher(String.join("\n", lines)).results().toList();
    assertTrue(named.size() >= least, () -> "the page names " + named.size() + " tests");
    assertEquals(List.of(), named.stream().filter(test -> !exists(test.group(1), test.group(2)))
        .map(MatchResult::group).distinct().toList());
  }

  /** Checks that every row of a table of rules or programs names a test. */
  public void assertHasATestForEveryRule() {
    assertEquals(List.of(), lines.stream().filter(this::isRule).filter(line -> !TEST.matcher(line).find()).toList());
  }

  private boolean isRule(String line) {
    if (!line.startsWith("| ") || RULES.matcher(line).matches()) {
      return false;
    }
    int at = lines.indexOf(line);
    while (at > 0 && lines.get(at - 1).startsWith("|")) {
      at--;
    }
    return RULES.matcher(lines.get(at)).matches();
  }

  private boolean exists(String type, String method) {
    return sources.stream().anyMatch(
        folder -> find(folder, type).anyMatch(source -> text(source).contains("void " + method + "(")));
  }

  private static Stream<Path> find(Path folder, String type) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(type + ".java")).toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
