package dev.vertxmpi.runtime.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/dynamic-processes.md} true: every rule has a test, and every test that it names exists. */
class DynamicProcessesPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))#(\\w+)`");

  private static List<String> page() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs").resolve("dynamic-processes.md"));
  }

  @Test
  void shouldNameOnlyTestsThatExist() throws IOException {
    List<MatchResult> named = TEST.matcher(String.join("\n", page())).results().toList();
    assertTrue(named.size() > 50, "the page names tests");
    assertEquals(List.of(), named.stream().filter(test -> !exists(test.group(1), test.group(2)))
        .map(MatchResult::group).distinct().toList());
  }

  private static boolean exists(String type, String method) {
    return Stream.of("runtime", "api-async").map(module -> ROOT.resolve(module).resolve("src/test/java"))
        .anyMatch(sources -> find(sources, type).anyMatch(source -> read(source).contains("void " + method + "(")));
  }

  private static Stream<Path> find(Path sources, String type) {
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(file -> file.endsWith(type + ".java")).toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldHaveATestForEveryRule() throws IOException {
    List<String> without = page().stream().filter(line -> line.startsWith("| ") && !line.startsWith("| rule")
        && !line.startsWith("| program") && !TEST.matcher(line).find()).toList();
    assertEquals(List.of(), without);
  }
}
