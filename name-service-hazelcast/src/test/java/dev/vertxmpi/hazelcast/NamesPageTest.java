package dev.vertxmpi.hazelcast;

import dev.vertxmpi.docs.RulePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/names.md} true. */
class NamesPageTest {

  private static RulePage page() throws IOException {
    return RulePage.read("names.md", "api-async", "runtime", "name-service-hazelcast", "launcher", "benchmarks");
  }

  @Test
  void shouldNameOnlyTestsThatExist() throws IOException {
    page().assertNamesOnlyTestsThatExist(60);
  }

  @Test
  void shouldHaveATestForEveryRule() throws IOException {
    page().assertHasATestForEveryRule();
  }
}
