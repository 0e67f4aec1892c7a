package dev.vertxmpi.runtime.port;

import dev.vertxmpi.docs.RulePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/dynamic-processes.md} true. */
class DynamicProcessesPageTest {

  private static RulePage page() throws IOException {
    return RulePage.read("dynamic-processes.md", "runtime", "api-async");
  }

  @Test
  void shouldNameOnlyTestsThatExist() throws IOException {
    page().assertNamesOnlyTestsThatExist(50);
  }

  @Test
  void shouldHaveATestForEveryRule() throws IOException {
    page().assertHasATestForEveryRule();
  }
}
