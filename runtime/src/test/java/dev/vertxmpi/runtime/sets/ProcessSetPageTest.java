package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.docs.RulePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/process-sets.md} true. */
class ProcessSetPageTest {

  private static RulePage page() throws IOException {
    return RulePage.read("process-sets.md", "runtime", "launcher");
  }

  @Test
  void shouldNameOnlyTestsThatExist() throws IOException {
    page().assertNamesOnlyTestsThatExist(15);
  }

  @Test
  void shouldHaveATestForEveryRule() throws IOException {
    page().assertHasATestForEveryRule();
  }
}
